package io.millrace.exchange.synthetic;

import io.millrace.codecs.value.Grid;
import io.millrace.exchange.venue.SymbolSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The contracts of a synthetic market: well-known names with grids like the venue's, then made-up ones. Always the same. */
final class SymbolCatalog {
    /** symbol, base asset, tick, lot, printed price decimals, opening price. */
    private static final String[] KNOWN = {
        "BTCUSDT BTC 0.10 0.001 2 64250.0",
        "ETHUSDT ETH 0.01 0.001 2 3120.50",
        "SOLUSDT SOL 0.010 1 4 151.250",
        "BNBUSDT BNB 0.010 0.01 3 585.30",
        "XRPUSDT XRP 0.0001 0.1 4 0.6120",
        "DOGEUSDT DOGE 0.000010 1 6 0.123450",
        "ADAUSDT ADA 0.00010 1 5 0.45120",
        "AVAXUSDT AVAX 0.0010 1 4 27.1500",
        "LINKUSDT LINK 0.001 0.01 3 13.450",
        "1000PEPEUSDT PEPE 0.0000010 1 7 0.0098710",
        "TRXUSDT TRX 0.00001 1 5 0.12871",
        "DOTUSDT DOT 0.001 0.1 3 6.120",
        "LTCUSDT LTC 0.01 0.001 2 71.25",
        "BCHUSDT BCH 0.01 0.001 2 352.10",
        "NEARUSDT NEAR 0.001 1 3 5.120",
        "UNIUSDT UNI 0.001 1 3 7.845",
        "APTUSDT APT 0.00100 0.1 5 8.21000",
        "ARBUSDT ARB 0.000100 0.1 6 0.712300",
        "OPUSDT OP 0.0001000 0.1 7 1.7421000",
        "SUIUSDT SUI 0.000100 0.1 6 0.981200",
        "FILUSDT FIL 0.001 0.1 3 4.512",
        "ATOMUSDT ATOM 0.001 0.01 3 6.735",
        "ETCUSDT ETC 0.001 0.01 3 22.415",
        "1000SHIBUSDT SHIB 0.000001 1 6 0.017415",
    };

    /** tick, lot, lowest and highest opening price in ticks. */
    private static final String[] SHAPES = {
        "0.0000010 1 3000 90000",
        "0.00001 1 3000 60000",
        "0.0001 1 2500 50000",
        "0.0001 0.1 4000 80000",
        "0.001 1 2500 30000",
        "0.001 0.1 3000 60000",
        "0.01 0.01 2500 40000",
        "0.00010 1 5000 90000",
    };

    private static final String FIRST = "BDFGKLMNPRSTVZ";
    private static final String SECOND = "AEIOU";

    private SymbolCatalog() {}

    static List<SymbolSpec> list(int count) {
        List<SymbolSpec> specs = new ArrayList<>(count);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < Math.min(count, KNOWN.length); i++) {
            SymbolSpec spec = known(KNOWN[i].split(" ", -1));
            specs.add(spec);
            names.add(spec.symbol());
        }
        for (int n = 0; specs.size() < count; n++) {
            SymbolSpec spec = madeUp(n);
            if (names.add(spec.symbol())) {
                specs.add(spec);
            }
        }
        return List.copyOf(specs);
    }

    private static SymbolSpec known(String[] row) {
        Grid tick = Grid.parse(row[2]);
        long price = new BigDecimal(row[5])
                .divide(tick.step(), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
        Grid lot = Grid.parse(row[3]);
        return new SymbolSpec(row[0], row[1], tick, lot, Integer.parseInt(row[4]), Math.max(0, -lot.exponent()), price);
    }

    private static SymbolSpec madeUp(int n) {
        // A full-cycle walk through the letters, so that neighbours look different and none comes twice for 4,900
        // names.
        int code = (int) ((n * 2657L + 977) % 4900);
        String base = "" + FIRST.charAt(code % 14) + SECOND.charAt(code / 14 % 5) + FIRST.charAt(code / 70 % 14)
                + SECOND.charAt(code / 980 % 5);
        String[] shape = SHAPES[n % SHAPES.length].split(" ", -1);
        Grid tick = Grid.parse(shape[0]);
        Grid lot = Grid.parse(shape[1]);
        long low = Long.parseLong(shape[2]);
        long high = Long.parseLong(shape[3]);
        long price = low + n * 7919L % (high - low);
        return new SymbolSpec(
                base + "USDT", base, tick, lot, Math.max(0, -tick.exponent()), Math.max(0, -lot.exponent()), price);
    }
}
