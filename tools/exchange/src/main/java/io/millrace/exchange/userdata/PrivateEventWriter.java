package io.millrace.exchange.userdata;

import io.millrace.exchange.conditional.AlgoRequest;
import io.millrace.exchange.conditional.AlgoStatus;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.List;

/**
 * Writes private events as the venue's JSON.
 *
 * <p><b>Thread:</b> confined to one thread.
 */
public final class PrivateEventWriter {
    private static final String MARGIN_ASSET = "USDT";
    private static final int INITIAL_BYTES = 1024;

    private final VenueNumbers numbers;
    private final JsonWriter json = new JsonWriter(INITIAL_BYTES);

    /**
     * Makes a writer.
     *
     * @param symbols contracts, by their indexes.
     */
    public PrivateEventWriter(List<SymbolSpec> symbols) {
        this.numbers = new VenueNumbers(symbols);
    }

    /**
     * Writes an event.
     *
     * @param event to write.
     * @param pushTimeMs when it is delivered ({@code E}), epoch milliseconds.
     * @return holds the JSON until the next call.
     */
    public JsonWriter write(PrivateEvent event, long pushTimeMs) {
        json.clear()
                .raw("{\"e\":\"")
                .raw(event.kind().venueName())
                .raw("\",\"E\":")
                .number(pushTimeMs);
        if (event instanceof OrderUpdate update) {
            time(event);
            order(update);
        } else if (event instanceof TradeLite lite) {
            time(event);
            lite(lite.update());
        } else if (event instanceof AccountUpdate update) {
            time(event);
            account(update);
        } else if (event instanceof AlgoUpdate update) {
            time(event);
            algo(update);
        } else if (event instanceof LeverageUpdate update) {
            time(event);
            json.raw(",\"ac\":{");
            text("s", numbers.symbol(update.symbol()), "");
            number("l", update.leverage());
            json.raw('}');
        } else if (event instanceof MultiAssetsUpdate update) {
            time(event);
            json.raw(",\"ai\":{\"j\":")
                    .raw(Boolean.toString(update.isMultiAssets()))
                    .raw('}');
        } else if (event instanceof MarginCall call) {
            marginCall(call);
        } else if (event instanceof ListenKeyExpired expired) {
            text("listenKey", expired.listenKey(), ",");
        }
        return json.raw('}');
    }

    private void time(PrivateEvent event) {
        number("T", event.timeMs());
    }

    private void order(OrderUpdate u) {
        OrderRequest r = u.request();
        int symbol = r.symbol();
        OrderUpdate.Fill fill = u.fill();
        json.raw(",\"o\":{");
        text("s", numbers.symbol(symbol), "");
        text("c", r.clientOrderId());
        text("S", r.side().name());
        text("o", u.orderType().name());
        text("f", r.timeInForce().name());
        text("q", numbers.qty(symbol, u.qtyLots()));
        text("p", numbers.price(symbol, u.priceTicks()));
        text("ap", numbers.average(symbol, u.turnover(), u.executedLots()));
        text("sp", numbers.price(symbol, r.stopPriceTicks()));
        text("x", u.execution().name());
        text("X", u.status().name());
        number("i", u.orderId());
        if (u.modifyId() != 0) {
            text("M", Long.toString(u.modifyId()));
        }
        text("l", numbers.qty(symbol, fill.qtyLots()));
        text("z", numbers.qty(symbol, u.executedLots()));
        text("L", numbers.price(symbol, fill.priceTicks()));
        if (fill.commission() != 0) {
            text("N", fill.commissionAsset());
            text("n", numbers.amount(fill.commission()));
        }
        number("T", u.timeMs());
        number("t", fill.tradeId());
        text("b", numbers.amount(u.open().bid()));
        text("a", numbers.amount(u.open().ask()));
        flag("m", fill.isMaker());
        flag("R", r.reduceOnly());
        text("wt", r.workingType().name());
        text(
                "ot",
                u.orderType() == u.request().type()
                        ? r.origType().name()
                        : u.orderType().name());
        text("ps", "BOTH");
        flag("cp", r.closePosition());
        if (u.trailing() != null) {
            text("AP", numbers.price(symbol, u.trailing().activatePriceTicks()));
            text("cr", VenueNumbers.rate(u.trailing().callbackTenths()));
        }
        flag("pP", r.priceProtect());
        number("si", 0);
        number("ss", 0);
        text("rp", numbers.amount(fill.realized()));
        text("V", r.stpMode().name());
        text("pm", r.priceMatch().name());
        number("gtd", r.timeInForce() == TimeInForce.GTD ? r.goodTillDateMs() : 0);
        text("er", Integer.toString(u.expiryReason().code()));
        json.raw('}');
    }

    private void lite(OrderUpdate u) {
        OrderRequest r = u.request();
        int symbol = r.symbol();
        text("s", numbers.symbol(symbol));
        text("q", numbers.qty(symbol, u.qtyLots()));
        text("p", numbers.price(symbol, u.priceTicks()));
        flag("m", u.fill().isMaker());
        text("c", r.clientOrderId());
        text("S", r.side().name());
        text("L", numbers.price(symbol, u.fill().priceTicks()));
        text("l", numbers.qty(symbol, u.fill().qtyLots()));
        number("t", u.fill().tradeId());
        number("i", u.orderId());
    }

    private void account(AccountUpdate u) {
        json.raw(",\"a\":{");
        text("m", u.reason().name(), "");
        if (u.symbol() != AccountUpdate.NO_SYMBOL) {
            text("S", numbers.symbol(u.symbol()));
        }
        json.raw(",\"B\":[");
        String separator = "{";
        for (AccountUpdate.Balance balance : u.balances()) {
            text("a", balance.asset(), separator);
            text("wb", numbers.amount(balance.wallet()));
            text("cw", numbers.amount(balance.crossWallet()));
            text("bc", numbers.amount(balance.change()));
            json.raw('}');
            separator = ",{";
        }
        json.raw("],\"P\":[");
        separator = "{";
        for (AccountUpdate.Position position : u.positions()) {
            int symbol = position.symbol();
            text("s", numbers.symbol(symbol), separator);
            text("pa", numbers.qty(symbol, position.lots()));
            text("ep", numbers.exactPrice(symbol, position.entryPrice()));
            text("bep", numbers.exactPrice(symbol, position.breakEvenPrice()));
            text("cr", numbers.amount(position.realized()));
            text("up", numbers.amount(position.unrealized()));
            text("mt", position.isIsolated() ? "isolated" : "cross");
            text("iw", numbers.amount(position.isolatedWallet()));
            text("ps", "BOTH");
            text("ma", MARGIN_ASSET);
            json.raw('}');
            separator = ",{";
        }
        json.raw("]}");
    }

    private void algo(AlgoUpdate u) {
        AlgoRequest r = u.request();
        int symbol = r.symbol();
        json.raw(",\"o\":{");
        text("caid", u.clientAlgoId(), "");
        number("aid", u.algoId());
        text("at", "CONDITIONAL");
        text("o", r.type().name());
        text("s", numbers.symbol(symbol));
        text("S", r.side().name());
        text("ps", "BOTH");
        text("f", r.timeInForce().name());
        text("q", numbers.qty(symbol, r.qtyLots()));
        text("X", u.status().name());
        text("ai", u.childOrderId() == 0 ? "" : Long.toString(u.childOrderId()));
        if (u.childOrderId() != 0) {
            text("ap", numbers.averageOrZeros(symbol, u.turnover(), u.executedLots()));
            text("aq", numbers.qtyOrZeros(symbol, u.executedLots()));
            text("act", r.isLimit() ? "LIMIT" : "MARKET");
        }
        text("tp", numbers.price(symbol, r.triggerPriceTicks()));
        text("p", numbers.price(symbol, r.priceTicks()));
        if (r.isTrailing()) {
            text("AP", numbers.price(symbol, r.activatePriceTicks()));
            text("cr", VenueNumbers.rate(r.callbackTenths()));
        }
        text("V", r.stpMode().name());
        text("wt", r.workingType().name());
        text("pm", r.priceMatch().name());
        flag("cp", r.closePosition());
        flag("pP", r.priceProtect());
        flag("R", r.reduceOnly());
        number("tt", u.triggerTimeMs());
        number("gtd", r.goodTillDateMs());
        if (u.childOrderId() != 0 || u.status() == AlgoStatus.REJECTED) {
            text("rm", u.rejectReason());
        }
        flag("ia", u.isActivated());
        json.raw('}');
    }

    private void marginCall(MarginCall call) {
        if (call.crossWallet() != MarginCall.NO_CROSS) {
            text("cw", numbers.amount(call.crossWallet()));
        }
        json.raw(",\"p\":[");
        String separator = "{";
        for (MarginCall.Position position : call.positions()) {
            int symbol = position.symbol();
            text("s", numbers.symbol(symbol), separator);
            text("ps", "BOTH");
            text("pa", numbers.qty(symbol, position.lots()));
            text("mt", position.isIsolated() ? "ISOLATED" : "CROSSED");
            text("iw", numbers.amount(position.isolatedWallet()));
            text("mp", numbers.amount(position.markPrice()));
            text("up", numbers.amount(position.unrealized()));
            text("mm", numbers.amount(position.maintenance()));
            json.raw('}');
            separator = ",{";
        }
        json.raw(']');
    }

    private void text(String key, String value) {
        text(key, value, ",");
    }

    private void text(String key, String value, String before) {
        json.raw(before).raw('"').raw(key).raw("\":").quoted(value);
    }

    private void number(String key, long value) {
        json.raw(",\"").raw(key).raw("\":").number(value);
    }

    private void flag(String key, boolean value) {
        json.raw(",\"").raw(key).raw("\":").raw(Boolean.toString(value));
    }
}
