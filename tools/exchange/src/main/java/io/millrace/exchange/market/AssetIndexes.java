package io.millrace.exchange.market;

import io.millrace.exchange.venue.SymbolSpec;
import java.util.List;

/**
 * What assets are worth as margin for several assets: the index price of the asset's contract, with a buffer on each side. The
 * base assets of the first {@value #MOST} contracts have one; its symbol is the asset and {@code USD}.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
public final class AssetIndexes {
    /** Most assets that have an index. */
    public static final int MOST = 6;

    private static final int E8 = 8;
    private static final long UNIT = 100_000_000L;
    private static final long BUFFER_E8 = 5_000_000L;
    private static final long AUTO_BUFFER_E8 = 2_500_000L;

    private AssetIndexes() {}

    /**
     * Returns the name of an asset's index.
     *
     * @param spec contract on the asset.
     */
    public static String symbol(SymbolSpec spec) {
        return spec.baseAsset() + "USD";
    }

    /**
     * Writes the values of one asset as fields, in the order index, buffers, rates, and the same of automatic exchange.
     *
     * @param names of the nine fields, each with its comma and opening quote.
     * @param indexE8 index price at 1e-8.
     * @param out takes the fields.
     */
    public static void write(List<String> names, long indexE8, JsonWriter out) {
        long perUnit = indexE8 / (UNIT / BUFFER_E8);
        long autoPerUnit = indexE8 / (UNIT / AUTO_BUFFER_E8);
        long[] values = {
            indexE8,
            BUFFER_E8,
            BUFFER_E8,
            indexE8 - perUnit,
            indexE8 + perUnit,
            AUTO_BUFFER_E8,
            AUTO_BUFFER_E8,
            indexE8 - autoPerUnit,
            indexE8 + autoPerUnit
        };
        for (int i = 0; i < values.length; i++) {
            out.raw(names.get(i)).decimal(values[i], E8).raw('"');
        }
    }
}
