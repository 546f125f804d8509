package io.millrace.exchange.api;

import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.SymbolSpec;
import java.math.BigDecimal;
import java.util.function.IntFunction;

/** Writes positions in the venue's forms, which differ in what they tell, in which order, and in how a zero looks. */
final class PositionJson {
    /** The fields of a position in one kind of answer, in its order. */
    static final class Form {
        /** Among the account's. */
        static final Form ACCOUNT =
                new Form("symbol positionSide positionAmt unrealizedProfit isolatedMargin notional isolatedWallet"
                        + " initialMargin maintMargin updateTime");
        /** Among the account's, as it was before. */
        static final Form OLD_ACCOUNT =
                new Form("symbol initialMargin maintMargin unrealizedProfit positionInitialMargin"
                        + " openOrderInitialMargin leverage isolated entryPrice breakEvenPrice maxNotional"
                        + " bidNotional askNotional positionSide positionAmt notional isolatedWallet updateTime");
        /** By itself. */
        static final Form RISK =
                new Form("symbol positionSide positionAmt entryPrice breakEvenPrice markPrice unRealizedProfit"
                        + " liquidationPrice isolatedMargin notional marginAsset isolatedWallet initialMargin"
                        + " maintMargin positionInitialMargin openOrderInitialMargin adl bidNotional askNotional"
                        + " updateTime");
        /** By itself, as it was before. */
        static final Form OLD_RISK =
                new Form("symbol positionAmt entryPrice breakEvenPrice markPrice unRealizedProfit liquidationPrice"
                        + " leverage maxNotionalValue marginType isolatedMargin isAutoAddMargin positionSide"
                        + " notional isolatedWallet updateTime");
        /** The settings alone. */
        static final Form CONFIG = new Form("symbol marginType isAutoAddMargin leverage maxNotionalValue");

        private final String[] names;

        private Form(String names) {
            this.names = names.split(" ", -1);
        }
    }

    private static final int E8_DECIMALS = 8;

    private final IntFunction<ContractRules> rules;

    /**
     * Makes a writer.
     *
     * @param rules of the contracts, by their index.
     */
    PositionJson(IntFunction<ContractRules> rules) {
        this.rules = rules;
    }

    /** Writes money with all its decimals, zero too. */
    static String fixed(long e8) {
        return BigDecimal.valueOf(e8, E8_DECIMALS).toPlainString();
    }

    void write(JsonWriter out, AccountPort.Position position, Form form) {
        SymbolSpec spec = rules.apply(position.symbol()).spec();
        Fields fields = new Fields(out);
        for (String name : form.names) {
            if (!price(fields, name, position, spec) && !setting(fields, name, position, form)) {
                fields.text(name, amount(name, position, form));
            }
        }
        fields.end();
    }

    /** Writes what has the contract's decimals, and what all forms tell alike. */
    private static boolean price(Fields fields, String name, AccountPort.Position position, SymbolSpec spec) {
        switch (name) {
            case "symbol" -> fields.text(name, spec.symbol());
            case "positionSide" -> fields.text(name, AccountJson.BOTH);
            case "positionAmt" -> fields.text(name, Decimals.qty(position.lots(), spec));
            case "entryPrice" -> fields.text(name, Decimals.exactPrice(position.entryPrice(), spec));
            case "breakEvenPrice" -> fields.text(name, Decimals.exactPrice(position.breakEvenPrice(), spec));
            case "markPrice" -> fields.text(name, fixed(position.markPrice()));
            case "liquidationPrice" -> fields.text(name, Decimals.exactPrice(position.liquidationPrice(), spec));
            case "marginAsset" -> fields.text(name, AccountJson.ASSET);
            case "adl" -> fields.number(name, position.adl());
            case "updateTime" -> fields.number(name, position.updateTimeMs());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Writes settings, whose types and words are each form's own. */
    private static boolean setting(Fields fields, String name, AccountPort.Position position, Form form) {
        boolean isConfig = form == Form.CONFIG;
        switch (name) {
            case "leverage" -> {
                if (isConfig) {
                    fields.number(name, position.leverage());
                } else {
                    fields.text(name, String.valueOf(position.leverage()));
                }
            }
            case "isAutoAddMargin" -> {
                if (isConfig) {
                    fields.flag(name, false);
                } else {
                    fields.text(name, "false");
                }
            }
            case "marginType" ->
                fields.text(
                        name,
                        position.isIsolated()
                                ? (isConfig ? "ISOLATED" : "isolated")
                                : (isConfig ? "CROSSED" : "cross"));
            case "isolated" -> fields.flag(name, position.isIsolated());
            case "maxNotional", "maxNotionalValue" -> fields.text(name, Decimals.rate(position.maxNotional(), 0));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Returns an amount of money; in some forms a zero has all its decimals, in others none. */
    private static String amount(String name, AccountPort.Position position, Form form) {
        boolean isPadded = switch (name) {
            case "unrealizedProfit", "unRealizedProfit" -> true;
            case "isolatedMargin" -> form != Form.RISK;
            default -> form == Form.ACCOUNT;
        };
        long e8 = switch (name) {
            case "unrealizedProfit", "unRealizedProfit" -> position.unrealized();
            case "isolatedMargin" -> position.isolatedMargin();
            case "isolatedWallet" -> position.isolatedWallet();
            case "notional" -> position.notional();
            case "initialMargin" -> position.positionInitial() + position.orderInitial();
            case "positionInitialMargin" -> position.positionInitial();
            case "openOrderInitialMargin" -> position.orderInitial();
            case "maintMargin" -> position.maintenance();
            case "bidNotional" -> position.bidNotional();
            case "askNotional" -> position.askNotional();
            default -> throw new IllegalStateException("a form names " + name + ", which no position has");
        };
        return isPadded ? fixed(e8) : Decimals.money(e8);
    }
}
