package io.millrace.bench.peer;

import com.alibaba.fastjson2.JSONReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** As {@link JacksonTreeMapBook}, read by fastjson2. */
public final class FastjsonTreeMapBook implements PeerBook {
    private final DecimalBook book = new DecimalBook();
    private long snapshotUpdateId;
    private long lastUpdateId;
    private long times;
    private boolean isOld;
    private BigDecimal price = BigDecimal.ZERO;
    private BigDecimal qty = BigDecimal.ZERO;

    @Override
    public void clear() {
        book.clear();
        snapshotUpdateId = 0;
    }

    @Override
    public void onSnapshot(byte[] json) {
        onFrame(json, 0, json.length);
    }

    @Override
    public long onFrame(byte[] json, int offset, int length) {
        isOld = false;
        try (JSONReader reader = JSONReader.of(json, offset, length, StandardCharsets.UTF_8)) {
            onObject(reader);
        }
        return times
                + lastUpdateId
                + qty.scale()
                + price.scale()
                + book.bids().size()
                + book.asks().size();
    }

    private void onObject(JSONReader reader) {
        reader.nextIfObjectStart();
        while (!isOld && !reader.nextIfObjectEnd()) {
            String name = reader.readFieldName();
            switch (name) {
                case "data" -> onObject(reader);
                case "b", "bids" -> onPriceOrLevels(reader, true);
                case "a", "asks" -> onPriceOrLevels(reader, false);
                case "lastUpdateId" -> snapshotUpdateId = reader.readInt64Value();
                case "u" -> {
                    lastUpdateId = reader.readInt64Value();
                    isOld = lastUpdateId < snapshotUpdateId;
                }
                case "E", "T", "U", "pu", "t" -> times += reader.readInt64Value();
                case "p" -> price = reader.readBigDecimal();
                case "q", "A", "B" -> qty = reader.readBigDecimal();
                default -> reader.skipValue();
            }
        }
    }

    private void onPriceOrLevels(JSONReader reader, boolean isBid) {
        if (!reader.nextIfArrayStart()) {
            price = reader.readBigDecimal();
            return;
        }
        while (!reader.nextIfArrayEnd()) {
            reader.nextIfArrayStart();
            BigDecimal levelPrice = reader.readBigDecimal();
            BigDecimal levelQty = reader.readBigDecimal();
            reader.nextIfArrayEnd();
            book.on(isBid, levelPrice, levelQty);
        }
    }

    @Override
    public Map<BigDecimal, BigDecimal> bids() {
        return book.bids();
    }

    @Override
    public Map<BigDecimal, BigDecimal> asks() {
        return book.asks();
    }
}
