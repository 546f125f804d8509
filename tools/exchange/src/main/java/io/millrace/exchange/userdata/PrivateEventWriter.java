package io.millrace.exchange.userdata;

import io.millrace.exchange.conditional.AlgoRequest;
import io.millrace.exchange.conditional.AlgoStatus;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.venue.ContractText;
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
    /** How a conditional order's fills are told before the first one. */
    private static final String UNFILLED = "0.00000";

    private final List<SymbolSpec> symbols;
    private final JsonWriter json = new JsonWriter(INITIAL_BYTES);

    /**
     * Makes a writer.
     *
     * @param symbols contracts, by their indexes.
     */
    public PrivateEventWriter(List<SymbolSpec> symbols) {
        this.symbols = symbols;
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
            text("s", name(update.symbol()), "");
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
        text("s", name(symbol), "");
        text("c", r.clientOrderId());
        text("S", r.side().name());
        text("o", u.orderType().name());
        text("f", r.timeInForce().name());
        text("q", qty(symbol, u.qtyLots()));
        text("p", price(symbol, u.priceTicks()));
        text("ap", average(symbol, u.turnover(), u.executedLots()));
        text("sp", price(symbol, r.stopPriceTicks()));
        text("x", u.execution().name());
        text("X", u.status().name());
        number("i", u.orderId());
        if (u.modifyId() != 0) {
            text("M", Long.toString(u.modifyId()));
        }
        text("l", qty(symbol, fill.qtyLots()));
        text("z", qty(symbol, u.executedLots()));
        text("L", price(symbol, fill.priceTicks()));
        if (fill.commission() != 0) {
            text("N", fill.commissionAsset());
            text("n", ContractText.money(fill.commission()));
        }
        number("T", u.timeMs());
        number("t", fill.tradeId());
        text("b", ContractText.money(u.open().bid()));
        text("a", ContractText.money(u.open().ask()));
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
            text("AP", price(symbol, u.trailing().activatePriceTicks()));
            text("cr", ContractText.callbackRate(u.trailing().callbackTenths()));
        }
        flag("pP", r.priceProtect());
        number("si", 0);
        number("ss", 0);
        text("rp", ContractText.money(fill.realized()));
        text("V", r.stpMode().name());
        text("pm", r.priceMatch().name());
        number("gtd", r.timeInForce() == TimeInForce.GTD ? r.goodTillDateMs() : 0);
        text("er", Integer.toString(u.expiryReason().code()));
        json.raw('}');
    }

    private void lite(OrderUpdate u) {
        OrderRequest r = u.request();
        int symbol = r.symbol();
        text("s", name(symbol));
        text("q", qty(symbol, u.qtyLots()));
        text("p", price(symbol, u.priceTicks()));
        flag("m", u.fill().isMaker());
        text("c", r.clientOrderId());
        text("S", r.side().name());
        text("L", price(symbol, u.fill().priceTicks()));
        text("l", qty(symbol, u.fill().qtyLots()));
        number("t", u.fill().tradeId());
        number("i", u.orderId());
    }

    private void account(AccountUpdate u) {
        json.raw(",\"a\":{");
        text("m", u.reason().name(), "");
        if (u.symbol() != AccountUpdate.NO_SYMBOL) {
            text("S", name(u.symbol()));
        }
        json.raw(",\"B\":[");
        String separator = "{";
        for (AccountUpdate.Balance balance : u.balances()) {
            text("a", balance.asset(), separator);
            text("wb", ContractText.money(balance.wallet()));
            text("cw", ContractText.money(balance.crossWallet()));
            text("bc", ContractText.money(balance.change()));
            json.raw('}');
            separator = ",{";
        }
        json.raw("],\"P\":[");
        separator = "{";
        for (AccountUpdate.Position position : u.positions()) {
            int symbol = position.symbol();
            text("s", name(symbol), separator);
            text("pa", qty(symbol, position.lots()));
            text("ep", exactPrice(symbol, position.entryPrice()));
            text("bep", exactPrice(symbol, position.breakEvenPrice()));
            text("cr", ContractText.money(position.realized()));
            text("up", ContractText.money(position.unrealized()));
            text("mt", position.isIsolated() ? "isolated" : "cross");
            text("iw", ContractText.money(position.isolatedWallet()));
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
        text("s", name(symbol));
        text("S", r.side().name());
        text("ps", "BOTH");
        text("f", r.timeInForce().name());
        text("q", qty(symbol, r.qtyLots()));
        text("X", u.status().name());
        text("ai", u.childOrderId() == 0 ? "" : Long.toString(u.childOrderId()));
        if (u.childOrderId() != 0) {
            text("ap", u.executedLots() == 0 ? UNFILLED : average(symbol, u.turnover(), u.executedLots()));
            text("aq", u.executedLots() == 0 ? UNFILLED : qty(symbol, u.executedLots()));
            text("act", r.isLimit() ? "LIMIT" : "MARKET");
        }
        text("tp", price(symbol, r.triggerPriceTicks()));
        text("p", price(symbol, r.priceTicks()));
        if (r.isTrailing()) {
            text("AP", price(symbol, r.activatePriceTicks()));
            text("cr", ContractText.callbackRate(r.callbackTenths()));
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
            text("cw", ContractText.money(call.crossWallet()));
        }
        json.raw(",\"p\":[");
        String separator = "{";
        for (MarginCall.Position position : call.positions()) {
            int symbol = position.symbol();
            text("s", name(symbol), separator);
            text("ps", "BOTH");
            text("pa", qty(symbol, position.lots()));
            text("mt", position.isIsolated() ? "ISOLATED" : "CROSSED");
            text("iw", ContractText.money(position.isolatedWallet()));
            text("mp", ContractText.money(position.markPrice()));
            text("up", ContractText.money(position.unrealized()));
            text("mm", ContractText.money(position.maintenance()));
            json.raw('}');
            separator = ",{";
        }
        json.raw(']');
    }

    private String name(int symbol) {
        return symbols.get(symbol).symbol();
    }

    private String price(int symbol, long ticks) {
        return ContractText.price(ticks, symbols.get(symbol));
    }

    private String qty(int symbol, long lots) {
        return ContractText.qty(lots, symbols.get(symbol));
    }

    private String exactPrice(int symbol, long e8) {
        return ContractText.exactPrice(e8, symbols.get(symbol));
    }

    private String average(int symbol, long turnover, long lots) {
        return ContractText.averagePrice(turnover, lots, symbols.get(symbol));
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
