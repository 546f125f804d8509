package io.millrace.exchange.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.MarketRig;
import io.millrace.exchange.Shape;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.market.StreamKind;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PriceEndpointsTest {
    private final MarketRig rig =
            Rigs.synthetic(3, 20, StreamKind.MARK_PRICE_1S, StreamKind.ALL_ASSET_INDEXES, StreamKind.COMPOSITE_INDEX);

    @Test
    @Covers("GET /fapi/v1/premiumIndex")
    void shouldAnswerWithTheStreamedMark() {
        JsonNode row = rig.get(1, "/fapi/v1/premiumIndex", "symbol=BTCUSDT");
        Shape.check(
                row,
                "symbol:text markPrice:decimal indexPrice:decimal estimatedSettlePrice:decimal lastFundingRate:decimal"
                        + " interestRate:decimal nextFundingTime:integer time:integer");
        JsonNode mark = rig.last("BTCUSDT", StreamKind.MARK_PRICE_1S);
        assertEquals(mark.get("p"), row.get("markPrice"));
        assertEquals(mark.get("i"), row.get("indexPrice"));
        assertEquals(mark.get("P"), row.get("estimatedSettlePrice"));
        assertEquals(mark.get("r"), row.get("lastFundingRate"));
        assertEquals(mark.get("T"), row.get("nextFundingTime"));
        assertEquals(mark.get("E"), row.get("time"));
        assertEquals(3, rig.get(10, "/fapi/v1/premiumIndex", "").size());
        rig.assertRefused(-1121, "/fapi/v1/premiumIndex", "symbol=X");
    }

    @Test
    @Covers("GET /fapi/v1/constituents")
    void shouldAnswerWithPlacesWhoseWeightsAddUpToOne() {
        JsonNode row = rig.get(2, "/fapi/v1/constituents", "symbol=BTCUSDT");
        Shape.check(row, "symbol:text time:integer constituents:array");
        BigDecimal weights = BigDecimal.ZERO;
        for (JsonNode place : row.get("constituents")) {
            Shape.check(place, "exchange:text symbol:text price:decimal weight:decimal");
            assertEquals(rig.last("BTCUSDT", StreamKind.MARK_PRICE_1S).get("i"), place.get("price"));
            weights = weights.add(Shape.decimal(place, "weight"));
        }
        assertEquals(0, weights.compareTo(BigDecimal.ONE));
        rig.assertRefused(-1102, "/fapi/v1/constituents", "");
    }

    @Test
    @Covers({"GET /fapi/v1/assetIndex", "STREAM !assetIndex@arr"})
    void shouldAnswerWithTheStreamedAssetIndexes() {
        JsonNode rows = rig.get(10, "/fapi/v1/assetIndex", "");
        JsonNode streamed = rig.last(null, StreamKind.ALL_ASSET_INDEXES);
        assertEquals(3, rows.size());
        assertEquals(3, streamed.size());
        String[] names = {"index", "bidBuffer", "askBuffer", "bidRate", "askRate", "autoExchangeBidBuffer"};
        String[] fields = {"i", "b", "a", "B", "A", "q"};
        for (int i = 0; i < 3; i++) {
            Shape.check(
                    rows.get(i),
                    "symbol:text time:integer index:decimal bidBuffer:decimal askBuffer:decimal bidRate:decimal"
                            + " askRate:decimal autoExchangeBidBuffer:decimal autoExchangeAskBuffer:decimal"
                            + " autoExchangeBidRate:decimal autoExchangeAskRate:decimal");
            Shape.check(
                    streamed.get(i),
                    "e:text E:integer s:text i:decimal b:decimal a:decimal B:decimal A:decimal q:decimal g:decimal"
                            + " Q:decimal G:decimal");
            for (int f = 1; f < names.length; f++) {
                boolean isBuffer = names[f].endsWith("Buffer");
                assertTrue(!isBuffer
                        || streamed.get(i).get(fields[f]).equals(rows.get(i).get(names[f])));
            }
            assertEquals(streamed.get(i).get("s"), rows.get(i).get("symbol"));
        }
        assertEquals(rows.get(0), rig.get(1, "/fapi/v1/assetIndex", "symbol=BTCUSD"));
        rig.assertRefused(-1121, "/fapi/v1/assetIndex", "symbol=BTCUSDT");
    }

    @Test
    @Covers({"GET /fapi/v1/indexInfo", "STREAM @compositeIndex"})
    void shouldAnswerWithWhatTheStreamedIndexIsMadeOf() {
        JsonNode rows = rig.get(1, "/fapi/v1/indexInfo", "");
        assertEquals(1, rows.size());
        Shape.check(rows.get(0), "symbol:text time:integer component:text baseAssetList:array");
        JsonNode streamed = rig.last(null, StreamKind.COMPOSITE_INDEX);
        Shape.check(streamed, "e:text E:integer s:text p:decimal C:text c:array");
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < streamed.get("c").size(); i++) {
            JsonNode part = streamed.get("c").get(i);
            Shape.check(part, "b:text q:text w:decimal W:decimal i:decimal");
            JsonNode row = rows.get(0).get("baseAssetList").get(i);
            Shape.check(row, "baseAsset:text quoteAsset:text weightInQuantity:decimal weightInPercentage:decimal");
            assertEquals(part.get("b"), row.get("baseAsset"));
            assertEquals(part.get("w"), row.get("weightInQuantity"));
            sum = sum.add(Shape.decimal(part, "w").multiply(Shape.decimal(part, "i")));
        }
        assertTrue(
                sum.subtract(Shape.decimal(streamed, "p")).abs().compareTo(new BigDecimal("0.0000001")) < 0,
                "the index is the sum of its parts");
        assertEquals(
                rows.get(0).get("symbol"),
                rig.get(1, "/fapi/v1/indexInfo", "symbol=DEFIUSDT").get("symbol"));
        rig.assertRefused(-1121, "/fapi/v1/indexInfo", "symbol=BTCUSDT");
    }
}
