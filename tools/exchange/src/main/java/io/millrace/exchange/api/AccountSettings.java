package io.millrace.exchange.api;

import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.VenueException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of the endpoint table that ask for and change an account's settings.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class AccountSettings {
    private static final String SUCCESS = "{\"code\":200,\"msg\":\"success\"}";
    private static final int MOST_LEVERAGE = 125;
    private static final int MARGIN_CHANGES = 500;
    private static final int ADD = 1;
    private static final int REDUCE = 2;

    /** How a position is margined. */
    private enum MarginType {
        ISOLATED,
        CROSSED
    }

    private final TradingPort venue;
    private final AccountPort accounts;
    private final OrderParser parser;
    private final RateLimits limits;

    AccountSettings(TradingPort venue, AccountPort accounts, OrderParser parser, RateLimits limits) {
        this.venue = venue;
        this.accounts = accounts;
        this.parser = parser;
        this.limits = limits;
    }

    List<Endpoint> rows() {
        return List.of(
                change("/fapi/v1/leverage").takes("symbol", "leverage").serve(this::leverage),
                change("/fapi/v1/marginType").takes("symbol", "marginType").serve(this::marginType),
                change("/fapi/v1/positionSide/dual").takes("dualSidePosition").serve((call, out) -> {
                    accounts.setHedgeMode(call.accountId(), call.parameters().mandatoryFlag("dualSidePosition"));
                    out.raw(SUCCESS);
                }),
                ask("/fapi/v1/positionSide/dual")
                        .weight(30)
                        .serve((call, out) -> new Fields(out)
                                .flag("dualSidePosition", venue.isHedgeMode(call.accountId()))
                                .end()),
                change("/fapi/v1/multiAssetsMargin").takes("multiAssetsMargin").serve((call, out) -> {
                    accounts.setMultiAssets(call.accountId(), call.parameters().mandatoryFlag("multiAssetsMargin"));
                    out.raw(SUCCESS);
                }),
                ask("/fapi/v1/multiAssetsMargin")
                        .weight(30)
                        .serve((call, out) -> new Fields(out)
                                .flag("multiAssetsMargin", accounts.isMultiAssets(call.accountId()))
                                .end()),
                change("/fapi/v1/feeBurn").takes("feeBurn").serve((call, out) -> {
                    accounts.setFeeBurn(call.accountId(), call.parameters().mandatoryFlag("feeBurn"));
                    out.raw(SUCCESS);
                }),
                ask("/fapi/v1/feeBurn")
                        .weight(30)
                        .serve((call, out) -> new Fields(out)
                                .flag("feeBurn", accounts.isFeeBurn(call.accountId()))
                                .end()),
                change("/fapi/v1/positionMargin")
                        .takes("symbol", "positionSide", "amount", "type")
                        .serve(this::positionMargin),
                ask("/fapi/v1/positionMargin/history")
                        .takes("symbol", "type", "startTime", "endTime", "limit")
                        .serve(this::marginHistory),
                ask("/fapi/v1/rateLimit/order").serve(this::orderLimits));
    }

    private static Endpoint.Builder change(String path) {
        return Endpoint.of("POST", path).security(Security.TRADE);
    }

    private static Endpoint.Builder ask(String path) {
        return Endpoint.of("GET", path).security(Security.USER_DATA);
    }

    private void leverage(ApiCall call, JsonWriter out) throws VenueException {
        int symbol = parser.symbol(call.parameters());
        long leverage = call.parameters().mandatoryInteger("leverage");
        if (leverage < 1 || leverage > MOST_LEVERAGE) {
            throw Errors.invalidLeverage();
        }
        accounts.setLeverage(call.accountId(), symbol, (int) leverage);
        AccountPort.Position position = accounts.position(call.accountId(), symbol);
        new Fields(out)
                .number("leverage", position.leverage())
                .text("maxNotionalValue", Decimals.rate(position.maxNotional(), 0))
                .text("symbol", venue.rules(symbol).spec().symbol())
                .end();
    }

    private void marginType(ApiCall call, JsonWriter out) throws VenueException {
        int symbol = parser.symbol(call.parameters());
        call.parameters().mandatory("marginType");
        MarginType type = call.parameters()
                .constant("marginType", MarginType.class, null, () -> ApiErrors.invalidData("marginType"));
        accounts.setIsolated(call.accountId(), symbol, type == MarginType.ISOLATED);
        out.raw(SUCCESS);
    }

    private void positionMargin(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        int symbol = parser.symbol(parameters);
        parser.checkPositionSide(call.accountId(), parameters);
        parameters.mandatory("amount");
        String amount = parameters.decimal("amount");
        long type = parameters.mandatoryInteger("type");
        if (type != ADD && type != REDUCE) {
            throw ApiErrors.invalidData("type");
        }
        long amountE8 = Decimals.money(amount);
        if (amountE8 == 0) {
            throw ApiErrors.amountNotPositive();
        }
        accounts.changeMargin(call.accountId(), symbol, type == ADD ? amountE8 : -amountE8);
        new Fields(out)
                .number("amount", Decimals.rate(amountE8, 1))
                .number("code", 200)
                .text("msg", "Successfully modify position margin.")
                .number("type", type)
                .end();
    }

    private void marginHistory(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        int symbol = parser.symbol(parameters);
        long type = parameters.bounded("type", 0, 0, REDUCE);
        TimeRange range = TimeRange.of(parameters, call.timeMs(), 30 * OrderQueries.DAY_MS);
        int limit = (int) parameters.bounded("limit", MARGIN_CHANGES, 1, MARGIN_CHANGES);
        List<AccountPort.MarginChange> found = new ArrayList<>();
        for (AccountPort.MarginChange change : accounts.marginChanges(call.accountId(), symbol)) {
            boolean isOfType = type == 0 || change.isAdded() == (type == ADD);
            if (isOfType && range.holds(change.timeMs())) {
                found.add(change);
            }
        }
        OrderQueries.write(out, range.limited(found, limit, false), this::marginChange);
    }

    private void marginChange(JsonWriter out, AccountPort.MarginChange change) {
        new Fields(out)
                .text("symbol", venue.rules(change.symbol()).spec().symbol())
                .number("type", change.isAdded() ? ADD : REDUCE)
                .text("deltaType", change.isByUser() ? "USER_ADJUST" : "TRADE")
                .text("amount", Decimals.money(change.amount()))
                .text("asset", "USDT")
                .number("time", change.timeMs())
                .text("positionSide", "BOTH")
                .end();
    }

    private void orderLimits(ApiCall call, JsonWriter out) {
        out.raw('[');
        orderLimit(out, "SECOND", 10, limits.settings().ordersPer10s());
        out.raw(',');
        orderLimit(out, "MINUTE", 1, limits.settings().ordersPerMinute());
        out.raw(']');
    }

    private static void orderLimit(JsonWriter out, String interval, int intervals, int limit) {
        new Fields(out)
                .text("rateLimitType", "ORDERS")
                .text("interval", interval)
                .number("intervalNum", intervals)
                .number("limit", limit)
                .end();
    }
}
