package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Levels by patterns against {@link JacksonOracle}, which reads each number as a decimal by itself. */
class LevelRunTest {
    private static final long SEED = 20261121;

    private final DecoderRig rig = new DecoderRig();

    {
        rig.instruments().put(Instruments.spec(10, "WHOLEUSDT", "1", "1"));
    }

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void shouldReadLevelsOfAnyLengthsInAnyOrder() {
        String[] symbols = {"BTCUSDT", "SUSHIUSDT", "AKROUSDT", "ODDUSDT", "FINEUSDT", "WHOLEUSDT"};
        int[][] decimals = {{2, 3}, {4, 0}, {5, 0}, {2, 2}, {8, 7}, {0, 0}};
        for (int round = 0; round < 300; round++) {
            int which = random.nextInt(symbols.length);
            int change = random.nextInt(1, 30);
            String frame = depth(
                    symbols[which], levels(decimals[which], which, change), levels(decimals[which], which, change));
            long byTemplate = rig.decoder().counters().templateFrames();
            rig.read(frame);
            assertEquals(byTemplate + 1, rig.decoder().counters().templateFrames(), () -> "seed " + SEED + " " + frame);
        }
    }

    @Test
    void shouldNeverMisreadLevelsWithOneByteChanged() {
        String level = "[\"61496.50\",\"0.010\"]";
        byte[] frame = depth("BTCUSDT", level + "," + level + "," + level, level + "," + level)
                .getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < frame.length; at++) {
            byte was = frame[at];
            for (int value = 0; value < 256; value++) {
                frame[at] = (byte) value;
                rig.check(frame);
            }
            frame[at] = was;
        }
    }

    @Test
    void shouldLeaveZerosInFrontAndPricesOfZeroToTheGeneralDecoder() {
        String good = "[\"61496.50\",\"0.010\"]";
        for (String level : new String[] {
            "[\"01496.50\",\"0.010\"]", "[\"61496.50\",\"00.010\"]", "[\"0.00\",\"0.010\"]", "[\"61496.55\",\"0.010\"]"
        }) {
            byte[] frame = depth("BTCUSDT", good + "," + good + "," + level + "," + good, good)
                    .getBytes(StandardCharsets.UTF_8);
            long byTemplate = rig.decoder().counters().templateFrames();
            rig.check(frame);
            assertEquals(byTemplate, rig.decoder().counters().templateFrames(), level);
        }
    }

    private String levels(int[] decimals, int which, int change) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(120);
        int ticksWhole = 1;
        int lotsWhole = 1;
        for (int i = 0; i < count; i++) {
            if (i == 0 || random.nextInt(change) == 0) {
                ticksWhole = random.nextInt(1, which == 4 ? 3 : 7);
                lotsWhole = random.nextInt(1, which == 4 ? 3 : 7);
            }
            text.append(i == 0 ? "" : ",").append("[\"");
            text.append(price(which, ticksWhole, decimals[0])).append("\",\"");
            text.append(quantity(which, lotsWhole, decimals[1])).append("\"]");
        }
        return text.toString();
    }

    /** Returns a price above 0 on the instrument's grid, with as many digits behind the point as the venue writes. */
    private String price(int which, int whole, int decimals) {
        long front = number(whole);
        return switch (which) {
            case 0 -> front + "." + random.nextInt(front == 0 ? 1 : 0, 10) + "0";
            case 1 -> front + "." + random.nextInt(100, 1000) + "0";
            case 3 -> front + "." + (random.nextBoolean() ? "05" : "50");
            case 5 -> Long.toString(Math.max(1, front));
            default -> front + "." + digits(decimals - 1) + "1";
        };
    }

    private String quantity(int which, int whole, int decimals) {
        if (random.nextInt(5) == 0) {
            return decimals == 0 ? "0" : "0." + "0".repeat(decimals);
        }
        if (which == 3) {
            return number(whole) + (random.nextBoolean() ? ".25" : ".75");
        }
        return decimals == 0 ? Long.toString(number(whole)) : number(whole) + "." + digits(decimals);
    }

    private long number(int digits) {
        long least = digits == 1 ? 0 : (long) Math.pow(10, digits - 1);
        return random.nextLong(least, (long) Math.pow(10, digits));
    }

    private String digits(int count) {
        return String.format(Locale.ROOT, "%0" + count + "d", random.nextLong((long) Math.pow(10, count)));
    }

    private static String depth(String symbol, String bids, String asks) {
        return "{\"e\":\"depthUpdate\",\"E\":1723161256299,\"T\":1723161256298,\"s\":\"" + symbol
                + "\",\"U\":5123107832006,\"u\":5123107837557,\"pu\":5123107831937,\"b\":[" + bids + "],\"a\":[" + asks
                + "]}";
    }
}
