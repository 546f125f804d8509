package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AccountReason;
import io.millrace.codecs.event.AccountReportDecoder;
import io.millrace.codecs.event.AccountSettingsDecoder;
import io.millrace.codecs.event.AlgoReportDecoder;
import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.event.ExecutionType;
import io.millrace.codecs.event.FillNoticeDecoder;
import io.millrace.codecs.event.MarginCallDecoder;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.TimeInForce;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.event.WorkingType;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.codecs.value.ClientOrderId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateDecoderTest {
    private static final int SLOT_LENGTH = 1024;
    private static final long USDT = TemplateKeys.word("USDT");

    private final PrivateDecoder decoder = new PrivateDecoder(Instruments.table(), SLOT_LENGTH);
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();

    private int decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return decoder.decode(new UnsafeBuffer(bytes), 0, bytes.length, 9, 77);
    }

    private OrderReportDecoder order(String text) {
        int length = decode(text);
        assertEquals(EventHeader.length(decoder.encoded(), 0), length);
        return new OrderReportDecoder().wrapAndApplyHeader(decoder.encoded(), 0, frame);
    }

    @Test
    void shouldTellOfAnOrder() {
        OrderReportDecoder order = order(OrderFrames.ORDER);
        assertEquals(Producers.ACCOUNT, EventHeader.producer(decoder.encoded(), 0));
        assertEquals(0, order.header().instrumentId());
        assertEquals(1, order.header().gridVersion());
        assertEquals(9, order.header().connectionId());
        assertEquals(77, order.header().ingressNs());
        assertEquals(1795262401006L, order.header().eventTimeMs());
        assertEquals(1795262401003L, order.header().transactTimeMs());
        assertEquals(0, order.commandId());
        assertEquals(900711223344L, order.venueOrderId());
        assertEquals(OrderFrames.OURS, ClientOrderId.text(order.clientTag(), order.clientKey()));
        assertEquals(912_000, order.priceTicks());
        assertEquals(50, order.qtyLots());
        assertEquals(30, order.filledLots());
        assertEquals(912_001, order.lastTicks());
        assertEquals(20, order.lastLots());
        assertEquals(7020114002L, order.tradeId());
        assertEquals(36_480_000, order.feeE8());
        assertEquals(USDT, order.feeAsset());
        assertEquals(-150_000_000, order.realizedE8());
        assertEquals(91_200_015, order.averagePrice().mantissa());
        assertEquals(-3, order.averagePrice().exponent());
        assertEquals(ExecutionType.TRADE, order.execution());
        assertEquals(VenueStatus.PARTIALLY_FILLED, order.status());
        assertEquals(Side.BUY, order.side());
        assertEquals(OrderType.LIMIT, order.orderType());
        assertEquals(OrderType.LIMIT, order.originalType());
        assertEquals(TimeInForce.GTX, order.timeInForce());
        assertEquals(BooleanType.YES, order.maker());
        assertEquals(BooleanType.NO, order.reduceOnly());
        assertEquals(BooleanType.NO, order.closePosition());
        assertEquals(0, order.expiryReason());
        assertEquals(ReportSource.STREAM, order.source());
        assertEquals("", order.clientText());
    }

    @ParameterizedTest
    @CsvSource({
        "autoclose-1722400000, LIQUIDATION, NEW_INSURANCE, LIQUIDATION, NEW_INSURANCE",
        "adl_autoclose, ADL, NEW_ADL, OTHER, NEW_ADL",
        "web_1, MARKET, ANOTHER, MARKET, OTHER",
        "'', STOP_MARKET, EXPIRED_IN_MATCH, STOP_MARKET, EXPIRED_IN_MATCH"
    })
    void shouldBearForeignOrdersAndUnknownWords(
            String id, String type, String status, OrderType wantedType, VenueStatus wantedStatus) {
        OrderReportDecoder order = order(OrderFrames.ORDER
                .replace(OrderFrames.OURS, id)
                .replace("\"o\":\"LIMIT\"", "\"o\":\"" + type + "\"")
                .replace("\"x\":\"TRADE\"", "\"x\":\"SOMETHING\"")
                .replace("PARTIALLY_FILLED", status)
                .replace("\"N\":\"USDT\",\"n\":\"0.36480000\",", ""));
        assertEquals(0, order.clientTag());
        assertEquals(0, order.clientKey());
        assertEquals(wantedType, order.orderType());
        assertEquals(ExecutionType.OTHER, order.execution());
        assertEquals(wantedStatus, order.status());
        assertEquals(0, order.feeE8());
        assertEquals(0, order.feeAsset());
        assertEquals(id, order.clientText());
    }

    @Test
    void shouldTellOfAFillEarly() {
        int length = decode("{\"stream\":\"key\",\"data\":" + OrderFrames.LITE + "}");
        FillNoticeDecoder fill = new FillNoticeDecoder().wrapAndApplyHeader(decoder.encoded(), 0, frame);
        assertEquals(EventHeader.length(decoder.encoded(), 0), length);
        assertEquals(900711223344L, fill.venueOrderId());
        assertEquals(7020114002L, fill.tradeId());
        assertEquals(912_001, fill.lastTicks());
        assertEquals(20, fill.lastLots());
        assertEquals(Side.SELL, fill.side());
        assertEquals(BooleanType.YES, fill.maker());
        assertEquals(1795262401003L, fill.header().transactTimeMs());
        assertEquals("web_1", fill.clientText());
    }

    @Test
    void shouldTellOfAConditionalOrder() {
        int length = decode(OrderFrames.ALGO);
        AlgoReportDecoder algo = new AlgoReportDecoder().wrapAndApplyHeader(decoder.encoded(), 0, frame);
        assertEquals(EventHeader.length(decoder.encoded(), 0), length);
        assertEquals(3000000451L, algo.venueAlgoId());
        assertEquals(900711229001L, algo.childOrderId());
        assertEquals("m0sqn69d-12-3S-91", ClientOrderId.text(algo.clientTag(), algo.clientKey()));
        assertEquals(904_000, algo.triggerTicks());
        assertEquals(0, algo.priceTicks());
        assertEquals(50, algo.qtyLots());
        assertEquals(0, algo.filledLots());
        assertEquals(0, algo.averagePrice().mantissa());
        assertEquals(AlgoStatus.TRIGGERED, algo.status());
        assertEquals(Side.SELL, algo.side());
        assertEquals(OrderType.STOP_MARKET, algo.orderType());
        assertEquals(WorkingType.MARK_PRICE, algo.workingType());
        assertEquals(BooleanType.YES, algo.reduceOnly());
        assertEquals(1795262999001L, algo.header().transactTimeMs());
        assertEquals("", algo.clientText());
        assertEquals("Margin is insufficient.", algo.reason());
    }

    @Test
    void shouldTellOfBalancesAndPositions() {
        int length = decode(OrderFrames.ACCOUNT);
        AccountReportDecoder report = new AccountReportDecoder().wrapAndApplyHeader(decoder.encoded(), 0, frame);
        assertEquals(AccountReason.ORDER, report.reason());
        assertEquals(EventFlags.WHOLE, EventHeader.flags(decoder.encoded(), 0));
        AccountReportDecoder.BalancesDecoder balance = report.balances();
        assertEquals(1, balance.count());
        balance.next();
        assertEquals(USDT, balance.asset());
        assertEquals(1_041_188_213_400L, balance.walletE8());
        assertEquals(1_041_188_213_400L, balance.crossWalletE8());
        assertEquals(AccountReportDecoder.BalancesDecoder.availableE8NullValue(), balance.availableE8());
        AccountReportDecoder.PositionsDecoder position = report.positions();
        assertEquals(2, position.count());
        position.next();
        assertEquals(0, position.instrumentId());
        assertEquals(1, position.gridVersion());
        assertEquals(-20, position.positionLots());
        assertEquals(9_120_012, position.entryPriceMantissa());
        assertEquals(-2, position.entryPriceExponent());
        assertEquals(31_142_000_000L, position.realizedE8());
        assertEquals(-97_460_000, position.unrealizedE8());
        assertEquals(1_250_000_000, position.isolatedWalletE8());
        assertEquals(MarginType.ISOLATED, position.marginType());
        position.next();
        assertEquals(EventHeader.NO_INSTRUMENT, position.instrumentId());
        assertEquals(length, 8 + report.encodedLength());
    }

    @Test
    void shouldCutALongAccountUpdateIntoMessagesThatFit() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            rows.append(i == 0 ? "" : ",")
                    .append("{\"s\":\"BTCUSDT\",\"pa\":\"")
                    .append(i)
                    .append(".001\"}");
        }
        int length = decode("{\"e\":\"ACCOUNT_UPDATE\",\"E\":1,\"T\":1,\"a\":{\"m\":\"ORDER\",\"P\":[" + rows + "]}}");
        List<Long> lots = new ArrayList<>();
        int at = 0;
        while (at < length) {
            int next = at + EventHeader.length(decoder.encoded(), at);
            assertTrue(next - at <= SLOT_LENGTH);
            assertEquals(at == 0, EventFlags.isFirst(EventHeader.flags(decoder.encoded(), at)));
            assertEquals(next == length, EventFlags.isLast(EventHeader.flags(decoder.encoded(), at)));
            AccountReportDecoder report = new AccountReportDecoder().wrapAndApplyHeader(decoder.encoded(), at, frame);
            assertEquals(0, report.balances().count());
            report.positions().forEach(position -> lots.add(position.positionLots()));
            at = next;
        }
        assertEquals(300, lots.size());
        assertEquals(299_001L, lots.get(299));
    }

    @Test
    void shouldTellOfSettings() {
        decode(OrderFrames.LEVERAGE);
        AccountSettingsDecoder settings = new AccountSettingsDecoder().wrapAndApplyHeader(decoder.encoded(), 0, frame);
        assertEquals(0, settings.header().instrumentId());
        assertEquals(20, settings.leverage());
        decode(OrderFrames.MULTI_ASSETS);
        settings.wrapAndApplyHeader(decoder.encoded(), 0, frame);
        assertEquals(EventHeader.NO_INSTRUMENT, settings.header().instrumentId());
        assertEquals(BooleanType.YES, settings.multiAssets());
    }

    @Test
    void shouldTellOfAMarginCall() {
        int length = decode(OrderFrames.MARGIN_CALL);
        MarginCallDecoder call = new MarginCallDecoder().wrapAndApplyHeader(decoder.encoded(), 0, frame);
        assertEquals(EventHeader.length(decoder.encoded(), 0), length);
        assertEquals(31_210_000_000L, call.crossWalletE8());
        MarginCallDecoder.PositionsDecoder position = call.positions();
        assertEquals(1, position.count());
        position.next();
        assertEquals(0, position.instrumentId());
        assertEquals(900, position.positionLots());
        assertEquals(9_001_120_000_000L, position.markPriceE8());
        assertEquals(-41_100_000_000L, position.unrealizedE8());
        assertEquals(38_020_000_000L, position.maintenanceE8());
    }

    @Test
    void shouldSayThatTheKeyIsDeadAndCountWhatItDoesNotRead() {
        assertEquals(0, decode(OrderFrames.KEY_EXPIRED));
        assertTrue(decoder.isKeyExpired());
        assertEquals(0, decode("{\"e\":\"GRID_UPDATE\",\"E\":1,\"gu\":{\"s\":\"BTCUSDT\"}}"));
        assertFalse(decoder.isKeyExpired());
        assertEquals(1, decoder.counters().unknownEvents());
        assertEquals(0, decode("{\"result\":null,\"id\":1}"));
        assertEquals(1, decoder.counters().controlReplies());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"s\":\"BTCUSDT\"|\"s\":\"NOBODY\"|UNKNOWN_SYMBOL",
                "\"q\":\"0.050\"|\"q\":\"0.0505\"|OFF_GRID",
                "\"L\":\"91200.10\"|\"L\":\"91200.11\"|OFF_GRID",
                "\"q\":\"0.050\"|\"q\":0.050|BAD_NUMBER",
                "\"S\":\"BUY\"|\"S\":\"BOTH\"|BAD_ENUM",
                "\"i\":900711223344,|''|MISSING_FIELD",
                "\"z\":\"0.030\"|\"z\":\"0.030\",\"z\":\"0.040\"|DUPLICATE_FIELD",
                "\"z\":\"0.030\"|\"z\":\"-0.030\"|OUT_OF_RANGE",
                "}}|}|TRUNCATED",
                "}}|}}x|SYNTAX"
            })
    void shouldRefuseWhatCannotBeTrue(String part, String instead, DecodeReason reason) {
        assertTrue(OrderFrames.ORDER.contains(part));
        assertEquals(-reason.value(), decode(OrderFrames.ORDER.replace(part, instead)));
        DecodeErrorDecoder error = new DecodeErrorDecoder().wrapAndApplyHeader(decoder.encoded(), 0, frame);
        assertEquals(reason, error.reason());
        assertTrue(error.rawLength() > 0);
    }

    @Test
    void shouldNeverThrowAtDamagedFrames() {
        long seed = 20261121;
        SplittableRandom random = new SplittableRandom(seed);
        FrameMutator mutator = new FrameMutator(seed);
        List<byte[]> seeds = new ArrayList<>();
        OrderFrames.stream().forEach(text -> seeds.add(text.getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < 100_000; i++) {
            byte[] damaged =
                    mutator.mutate(seeds.get(random.nextInt(seeds.size())), seeds.get(random.nextInt(seeds.size())));
            int length = decoder.decode(new UnsafeBuffer(damaged), 0, damaged.length, 1, 1);
            int messages = decoder.encodedLength();
            assertTrue(length < 0 || length == messages, "seed " + seed + " round " + i);
            int at = 0;
            while (at < messages) {
                int next = EventHeader.length(decoder.encoded(), at);
                assertTrue(next >= EventHeader.BODY_OFFSET && next <= SLOT_LENGTH, "seed " + seed + " round " + i);
                at += next;
            }
            assertEquals(messages, at, "seed " + seed + " round " + i);
        }
    }

    @Test
    void shouldAllocateNothing() throws Exception {
        List<UnsafeBuffer> frames = new ArrayList<>();
        for (String text : OrderFrames.stream()) {
            frames.add(new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8)));
            frames.add(new UnsafeBuffer(text.replace("BTCUSDT", "NOBODY").getBytes(StandardCharsets.UTF_8)));
        }
        AllocationWindows.assertNothing("decoding private frames", () -> {
            for (int round = 0; round < 1000; round++) {
                for (int i = 0; i < frames.size(); i++) {
                    UnsafeBuffer buffer = frames.get(i);
                    decoder.decode(buffer, 0, buffer.capacity(), 1, 1);
                }
            }
        });
    }
}
