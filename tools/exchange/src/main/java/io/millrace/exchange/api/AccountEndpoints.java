package io.millrace.exchange.api;

import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.trade.VenueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rows of the endpoint table that tell of accounts and positions.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class AccountEndpoints {
    private static final int INCOME_LIMIT = 100;
    private static final int MOST_INCOME = 1000;
    private static final int FORCE_ORDERS = 50;
    private static final int MOST_FORCE_ORDERS = 100;
    private static final long DAY_MS = OrderQueries.DAY_MS;

    /** What a forced order was forced by. */
    private enum AutoClose {
        LIQUIDATION,
        ADL
    }

    private final TradingPort venue;
    private final AccountPort accounts;
    private final OrderParser parser;
    private final OrderJson orderJson;
    private final AccountJson json;
    private final PositionJson positionJson;

    AccountEndpoints(TradingPort venue, AccountPort accounts, OrderParser parser, OrderJson orderJson) {
        this.venue = venue;
        this.accounts = accounts;
        this.parser = parser;
        this.orderJson = orderJson;
        this.json = new AccountJson(venue, accounts);
        this.positionJson = new PositionJson(venue::rules);
    }

    List<Endpoint> rows() {
        return List.of(
                data("/fapi/v3/account").weight(5).serve(this::account),
                data("/fapi/v2/account").weight(5).serve(this::oldAccount),
                data("/fapi/v3/balance").weight(5).serve(this::balance),
                data("/fapi/v2/balance").weight(5).serve(this::balance),
                data("/fapi/v3/positionRisk").weight(5).takes("symbol").serve(this::positionRisk),
                data("/fapi/v2/positionRisk").weight(5).takes("symbol").serve(this::oldPositionRisk),
                data("/fapi/v1/accountConfig").weight(5).serve(this::accountConfig),
                data("/fapi/v1/symbolConfig").weight(5).takes("symbol").serve(this::symbolConfig),
                data("/fapi/v1/income")
                        .weight(30)
                        .takes("symbol", "incomeType", "startTime", "endTime", "page", "limit")
                        .serve(this::income),
                data("/fapi/v1/apiTradingStatus")
                        .cost(Cost.bySymbol(1, 10))
                        .takes("symbol")
                        .serve(this::tradingStatus),
                data("/fapi/v1/adlQuantile").weight(5).takes("symbol").serve(this::adlQuantile),
                data("/fapi/v1/forceOrders")
                        .cost(Cost.bySymbol(20, 50))
                        .takes("symbol", "autoCloseType", "startTime", "endTime", "limit")
                        .serve(this::forceOrders),
                data("/fapi/v1/leverageBracket").takes("symbol").serve(this::brackets),
                data("/fapi/v1/commissionRate").weight(20).takes("symbol").serve(this::commissionRate));
    }

    private static Endpoint.Builder data(String path) {
        return Endpoint.of("GET", path).security(Security.USER_DATA);
    }

    private List<AccountPort.Position> positions(int accountId, Iterable<Integer> symbols) {
        List<AccountPort.Position> positions = new ArrayList<>();
        symbols.forEach(symbol -> positions.add(accounts.position(accountId, symbol)));
        return positions;
    }

    private void positions(JsonWriter out, int accountId, Iterable<Integer> symbols, PositionJson.Form form) {
        OrderQueries.write(
                out, positions(accountId, symbols), (writer, position) -> positionJson.write(writer, position, form));
    }

    private Set<Integer> allSymbols() {
        Set<Integer> all = new TreeSet<>();
        for (int i = 0; i < venue.symbolCount(); i++) {
            all.add(i);
        }
        return all;
    }

    /** Returns the contract that is named, or otherwise those given. */
    private Iterable<Integer> namedOr(ApiCall call, Iterable<Integer> otherwise) throws VenueException {
        int symbol = parser.symbolOrAll(call.parameters());
        return symbol == TradingPort.ALL ? otherwise : List.of(symbol);
    }

    private void account(ApiCall call, JsonWriter out) {
        Fields fields = new Fields(out);
        AccountPort.Balance balance = accounts.balance(call.accountId());
        AccountJson.totals(fields, balance);
        json.assets(fields, balance, false);
        fields.begin("positions");
        positions(out, call.accountId(), accounts.activeSymbols(call.accountId()), PositionJson.Form.ACCOUNT);
        fields.end();
    }

    private void oldAccount(ApiCall call, JsonWriter out) {
        Fields fields = new Fields(out);
        int account = call.accountId();
        AccountPort.Balance balance = accounts.balance(account);
        fields.number("feeTier", accounts.feeTier(account)).flag("feeBurn", accounts.isFeeBurn(account));
        fields.flag("canTrade", true).flag("canDeposit", true).flag("canWithdraw", true);
        fields.number("updateTime", 0).flag("multiAssetsMargin", accounts.isMultiAssets(account));
        fields.number("tradeGroupId", -1);
        AccountJson.totals(fields, balance);
        json.assets(fields, balance, true);
        fields.begin("positions");
        positions(out, account, allSymbols(), PositionJson.Form.OLD_ACCOUNT);
        fields.end();
    }

    private void balance(ApiCall call, JsonWriter out) {
        json.balances(out, call.accountId());
    }

    private void positionRisk(ApiCall call, JsonWriter out) throws VenueException {
        List<Integer> active = accounts.activeSymbols(call.accountId());
        int symbol = parser.symbolOrAll(call.parameters());
        List<Integer> asked = symbol == TradingPort.ALL || !active.contains(symbol)
                ? (symbol == TradingPort.ALL ? active : List.of())
                : List.of(symbol);
        positions(out, call.accountId(), asked, PositionJson.Form.RISK);
    }

    private void oldPositionRisk(ApiCall call, JsonWriter out) throws VenueException {
        positions(out, call.accountId(), namedOr(call, allSymbols()), PositionJson.Form.OLD_RISK);
    }

    private void accountConfig(ApiCall call, JsonWriter out) {
        int account = call.accountId();
        new Fields(out)
                .number("feeTier", accounts.feeTier(account))
                .flag("canTrade", true)
                .flag("canDeposit", true)
                .flag("canWithdraw", true)
                .flag("dualSidePosition", venue.isHedgeMode(account))
                .number("updateTime", 0)
                .flag("multiAssetsMargin", accounts.isMultiAssets(account))
                .number("tradeGroupId", -1)
                .end();
    }

    private void symbolConfig(ApiCall call, JsonWriter out) throws VenueException {
        positions(out, call.accountId(), namedOr(call, allSymbols()), PositionJson.Form.CONFIG);
    }

    private void income(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        int symbol = parser.symbolOrAll(parameters);
        String type = parameters.text("incomeType");
        TimeRange range = TimeRange.of(parameters, call.timeMs(), 90 * DAY_MS);
        int limit = (int) parameters.bounded("limit", INCOME_LIMIT, 1, MOST_INCOME);
        int page = (int) parameters.bounded("page", 1, 1, Integer.MAX_VALUE);
        List<AccountPort.Income> found = new ArrayList<>();
        for (AccountPort.Income income : accounts.income(call.accountId())) {
            boolean isOfSymbol = symbol == TradingPort.ALL || income.symbol() == symbol;
            if (isOfSymbol && (type == null || income.type().equals(type)) && range.holds(income.timeMs())) {
                found.add(income);
            }
        }
        long from = parameters.has("page") || range.isFromStart() ? (page - 1L) * limit : found.size() - (long) limit;
        int start = (int) Math.max(0, Math.min(found.size(), from));
        int end = Math.min(found.size(), start + limit);
        OrderQueries.write(out, found.subList(start, end), json::income);
    }

    private void tradingStatus(ApiCall call, JsonWriter out) throws VenueException {
        int symbol = parser.symbolOrAll(call.parameters());
        Fields fields = new Fields(out);
        fields.begin("indicators");
        if (symbol == TradingPort.ALL) {
            out.raw("{}");
        } else {
            Fields indicators = new Fields(out);
            indicators.begin(venue.rules(symbol).spec().symbol());
            OrderQueries.write(out, Arrays.asList("UFR", "IFER", "GCR", "DR"), AccountJson::indicator);
            indicators.end();
        }
        fields.number("updateTime", call.timeMs()).end();
    }

    private void adlQuantile(ApiCall call, JsonWriter out) throws VenueException {
        Iterable<Integer> asked = namedOr(call, accounts.activeSymbols(call.accountId()));
        OrderQueries.write(out, positions(call.accountId(), asked), json::adlQuantile);
    }

    private void forceOrders(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        int symbol = parser.symbolOrAll(parameters);
        AutoClose type = parameters.constant(
                "autoCloseType", AutoClose.class, null, () -> ApiErrors.invalidData("autoCloseType"));
        TimeRange range = TimeRange.of(parameters, call.timeMs(), 90 * DAY_MS);
        int limit = (int) parameters.bounded("limit", FORCE_ORDERS, 1, MOST_FORCE_ORDERS);
        var found = venue.orders(call.accountId(), symbol).stream()
                .filter(order -> type == AutoClose.ADL
                        ? order.isAdl()
                        : order.isLiquidation() || (type == null && order.isAdl()))
                .filter(order -> range.holds(order.createTimeMs()))
                .toList();
        OrderQueries.write(out, range.limited(found, limit, false), orderJson::query);
    }

    private void brackets(ApiCall call, JsonWriter out) throws VenueException {
        List<Integer> asked = new ArrayList<>();
        namedOr(call, allSymbols()).forEach(asked::add);
        OrderQueries.write(out, asked, json::brackets);
    }

    private void commissionRate(ApiCall call, JsonWriter out) throws VenueException {
        json.commissionRate(out, call.accountId(), parser.symbol(call.parameters()));
    }
}
