package io.millrace.exchange.venue;

/** Rules of contracts of which nothing but grid, name and price is known. */
final class ContractDefaults {
    private static final long E8 = 100_000_000L;
    private static final long ONBOARD_MS = 1_569_398_400_000L;
    private static final long UNKNOWN_PRICE_MAX_TICKS = 100_000_000L;
    private static final long PRICE_ROOM = 20;
    private static final long MAX_LOTS = 10_000_000L;
    private static final long MAX_MARKET_LOTS = 1_000_000L;
    private static final int MAX_ORDERS = 200;
    private static final long FIVE_PERCENT_E8 = 5_000_000L;
    private static final long LIQUIDATION_FEE_E8 = 1_250_000L;
    private static final int FUNDING_HOURS = 8;

    // cap in USDT, maintenance rate at 1e-8, highest leverage
    private static final BracketTable BITCOIN = BracketTable.of(
            new long[] {300_000, 400_000, 125},
            new long[] {800_000, 500_000, 100},
            new long[] {3_000_000, 650_000, 75},
            new long[] {12_000_000, 1_000_000, 50},
            new long[] {70_000_000, 2_000_000, 25});
    private static final BracketTable LARGE = BracketTable.of(
            new long[] {50_000, 500_000, 100},
            new long[] {600_000, 650_000, 75},
            new long[] {3_000_000, 1_000_000, 50},
            new long[] {12_000_000, 2_000_000, 25},
            new long[] {50_000_000, 5_000_000, 10});
    private static final BracketTable OTHER = BracketTable.of(
            new long[] {5_000, 1_000_000, 75},
            new long[] {50_000, 1_500_000, 50},
            new long[] {250_000, 2_500_000, 20},
            new long[] {1_000_000, 5_000_000, 10},
            new long[] {2_500_000, 12_500_000, 4},
            new long[] {5_000_000, 25_000_000, 2},
            new long[] {10_000_000, 50_000_000, 1});

    private ContractDefaults() {}

    static ContractRules rules(SymbolSpec spec) {
        long start = spec.startPriceTicks();
        boolean isBitcoin = spec.symbol().equals("BTCUSDT");
        boolean isLarge = isBitcoin || spec.symbol().equals("ETHUSDT");
        long minTicks = start == 0 ? 1 : Math.max(1, start / PRICE_ROOM);
        long maxTicks = start == 0 ? UNKNOWN_PRICE_MAX_TICKS : start * PRICE_ROOM;
        long capE8 = isLarge ? 300_000L : 2_000_000L;
        return new ContractRules(
                spec,
                ContractStatus.TRADING,
                ONBOARD_MS,
                ContractRules.NEVER_MS,
                minTicks,
                maxTicks,
                1,
                new QtyFilter(1, isBitcoin ? 1_000_000L : MAX_LOTS, 1),
                new QtyFilter(1, isBitcoin ? 120_000L : MAX_MARKET_LOTS, 1),
                MAX_ORDERS,
                (isBitcoin ? 100 : isLarge ? 20 : 5) * E8,
                E8 + FIVE_PERCENT_E8,
                E8 - FIVE_PERCENT_E8,
                FIVE_PERCENT_E8,
                FIVE_PERCENT_E8,
                LIQUIDATION_FEE_E8,
                brackets(spec),
                FeeTier.STANDARD,
                FUNDING_HOURS,
                capE8,
                -capE8);
    }

    /** Returns the brackets of a contract by its name. */
    static BracketTable brackets(SymbolSpec spec) {
        return switch (spec.symbol()) {
            case "BTCUSDT" -> BITCOIN;
            case "ETHUSDT", "SOLUSDT", "BNBUSDT", "XRPUSDT" -> LARGE;
            default -> OTHER;
        };
    }
}
