package io.millrace.exchange.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The one index that is made of several contracts' indexes: up to {@value #MOST} of them, with equal shares when the market
 * begins and fixed quantities from then on. There is no contract on it.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
public final class CompositeIndex {
    /** Its name. */
    public static final String SYMBOL = "DEFIUSDT";

    /** Most contracts in it. */
    public static final int MOST = 10;

    private static final int SKIPPED = 3;
    private static final int E8 = 8;
    private static final BigDecimal BEGIN = BigDecimal.valueOf(1000);

    private final List<SymbolHistory> parts;
    private final List<BigDecimal> quantities = new ArrayList<>();

    CompositeIndex(List<SymbolHistory> contracts) {
        // The largest contracts are left out where there are others, as in the venue's own indexes.
        int from = contracts.size() > SKIPPED ? SKIPPED : 0;
        parts = contracts.subList(from, Math.min(contracts.size(), from + MOST));
        BigDecimal share = BEGIN.divide(BigDecimal.valueOf(parts.size()), E8, RoundingMode.HALF_UP);
        for (SymbolHistory part : parts) {
            quantities.add(share.divide(price(part), E8, RoundingMode.HALF_UP));
        }
    }

    private static BigDecimal price(SymbolHistory part) {
        return part.mark().isKnown()
                ? BigDecimal.valueOf(part.mark().indexE8(), E8)
                : part.spec().tick().toDecimal(part.lastTicks());
    }

    /** Returns the index. */
    private BigDecimal value() {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < parts.size(); i++) {
            sum = sum.add(quantities.get(i).multiply(price(parts.get(i))));
        }
        return sum.setScale(E8, RoundingMode.HALF_UP);
    }

    private static String percentage(BigDecimal part, BigDecimal whole) {
        return part.divide(whole, E8, RoundingMode.HALF_UP).toPlainString();
    }

    void stream(long nowMs, JsonWriter out) {
        BigDecimal value = value();
        out.raw("{\"e\":\"compositeIndex\",\"E\":").number(nowMs);
        out.raw(",\"s\":\"" + SYMBOL + "\",\"p\":\"").raw(value.toPlainString());
        out.raw("\",\"C\":\"baseAsset\",\"c\":[");
        for (int i = 0; i < parts.size(); i++) {
            BigDecimal price = price(parts.get(i));
            out.raw(i == 0 ? "{\"b\":\"" : ",{\"b\":\"").raw(parts.get(i).spec().baseAsset());
            out.raw("\",\"q\":\"USDT\",\"w\":\"").raw(quantities.get(i).toPlainString());
            out.raw("\",\"W\":\"").raw(percentage(quantities.get(i).multiply(price), value));
            out.raw("\",\"i\":\"")
                    .raw(price.setScale(E8, RoundingMode.HALF_UP).toPlainString())
                    .raw("\"}");
        }
        out.raw("]}");
    }

    /**
     * Writes what the index is made of, as REST answers.
     *
     * @param nowMs epoch milliseconds.
     * @param out takes the object.
     */
    public void info(long nowMs, JsonWriter out) {
        BigDecimal value = value();
        out.raw("{\"symbol\":\"" + SYMBOL + "\",\"time\":").number(nowMs);
        out.raw(",\"component\":\"baseAsset\",\"baseAssetList\":[");
        for (int i = 0; i < parts.size(); i++) {
            SymbolHistory part = parts.get(i);
            out.raw(i == 0 ? "{\"baseAsset\":\"" : ",{\"baseAsset\":\"")
                    .raw(part.spec().baseAsset());
            out.raw("\",\"quoteAsset\":\"USDT\",\"weightInQuantity\":\"")
                    .raw(quantities.get(i).toPlainString());
            out.raw("\",\"weightInPercentage\":\"")
                    .raw(percentage(quantities.get(i).multiply(price(part)), value))
                    .raw("\"}");
        }
        out.raw("]}");
    }
}
