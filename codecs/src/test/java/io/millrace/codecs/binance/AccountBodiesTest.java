package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AccountReason;
import io.millrace.codecs.event.AccountReportDecoder;
import io.millrace.codecs.event.AccountSettingsDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.FillNoticeDecoder;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.message.EventHeader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AccountBodiesTest {
    private static final String POSITION =
            "{\"symbol\":\"BTCUSDT\",\"positionSide\":\"BOTH\",\"positionAmt\":\"-0.250\","
                    + "\"entryPrice\":\"91300.00\",\"markPrice\":\"91248.73000000\",\"unRealizedProfit\":\"12.81750000\","
                    + "\"liquidationPrice\":\"118402.110000000001\",\"isolatedMargin\":\"0\",\"isolatedWallet\":\"0\","
                    + "\"updateTime\":1795262399120}";
    private static final String BALANCE = "[{\"asset\":\"USDT\",\"balance\":\"122607.35137903\","
            + "\"crossWalletBalance\":\"23.72469206\",\"availableBalance\":\"-5.5\"}]";
    private static final String TRADE = "{\"symbol\":\"BTCUSDT\",\"id\":7020114002,\"orderId\":900711223344,"
            + "\"side\":\"BUY\",\"price\":\"91200.00\",\"qty\":\"0.020\",\"realizedPnl\":\"-1\",\"commission\":\"0.36480000\","
            + "\"commissionAsset\":\"USDT\",\"buyer\":true,\"maker\":true,\"time\":1795262401003}";

    private final AccountBodies bodies = new AccountBodies(Instruments.table(), 1024);
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final List<UnsafeBuffer> events = new ArrayList<>();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private AccountBodies.Sink sink() {
        return (buffer, offset, length) -> {
            byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            assertEquals(length, EventHeader.length(buffer, offset));
            events.add(new UnsafeBuffer(copy));
        };
    }

    @Test
    void shouldTellAllPositionsAndBalances() {
        String foreign = POSITION.replace("BTCUSDT", "NOBODYUSDT");
        String flatForeign = foreign.replace("-0.250", "0.000");
        bodies.audit(bytes("[" + POSITION + "," + foreign + "," + flatForeign + "]"), bytes(BALANCE), 5, 77, sink());
        assertEquals(1, events.size());
        AccountReportDecoder report = new AccountReportDecoder().wrapAndApplyHeader(events.get(0), 0, frame);
        assertEquals(5, report.commandId());
        assertEquals(AccountReason.AUDIT, report.reason());
        AccountReportDecoder.BalancesDecoder balance = report.balances().next();
        assertEquals(12_260_735_137_903L, balance.walletE8());
        assertEquals(-550_000_000L, balance.availableE8());
        AccountReportDecoder.PositionsDecoder positions = report.positions();
        assertEquals(2, positions.count());
        positions.next();
        assertEquals(-250, positions.positionLots());
        assertEquals(913, positions.entryPriceMantissa());
        assertEquals(2, positions.entryPriceExponent());
        assertEquals(1_281_750_000L, positions.unrealizedE8());
        assertEquals(11_840_211_000_000L, positions.liquidationPriceE8());
        assertEquals(MarginType.CROSSED, positions.marginType());
        assertEquals(EventHeader.NO_INSTRUMENT, positions.next().instrumentId());
    }

    @Test
    void shouldTellThatThereIsNothing() {
        bodies.audit(bytes("[]"), null, 5, 77, sink());
        AccountReportDecoder report = new AccountReportDecoder().wrapAndApplyHeader(events.get(0), 0, frame);
        assertEquals(0, report.balances().count());
        assertEquals(0, report.positions().count());
    }

    @Test
    void shouldTellOfTrades() {
        assertEquals(
                7020114002L,
                bodies.trades(bytes("[" + TRADE + "," + TRADE.replace("BTCUSDT", "NOBODY") + "]"), 5, 77, sink()));
        assertEquals(1, events.size());
        FillNoticeDecoder fill = new FillNoticeDecoder().wrapAndApplyHeader(events.get(0), 0, frame);
        assertEquals(7020114002L, fill.tradeId());
        assertEquals(900711223344L, fill.venueOrderId());
        assertEquals(912_000, fill.lastTicks());
        assertEquals(20, fill.lastLots());
        assertEquals(36_480_000L, fill.feeE8());
        assertEquals(-100_000_000L, fill.realizedE8());
        assertEquals(Side.BUY, fill.side());
        assertEquals(1795262401003L, fill.header().transactTimeMs());
        assertEquals(0, bodies.trades(bytes("[]"), 5, 77, sink()));
    }

    @Test
    void shouldTellOfSettings() {
        bodies.symbolSettings(
                bytes("[{\"symbol\":\"BTCUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":21,"
                        + "\"maxNotionalValue\":\"1000000\"}]"),
                5,
                77,
                sink());
        AccountSettingsDecoder settings = new AccountSettingsDecoder().wrapAndApplyHeader(events.get(0), 0, frame);
        assertEquals(21, settings.leverage());
        assertEquals(MarginType.ISOLATED, settings.marginType());
        assertEquals(100_000_000_000_000L, settings.maxNotionalE8());
        bodies.symbolSettings(
                bytes("{\"leverage\":3,\"maxNotionalValue\":\"INF\",\"symbol\":\"SUSHIUSDT\"}"), 6, 77, sink());
        settings.wrapAndApplyHeader(events.get(1), 0, frame);
        assertEquals(1, settings.header().instrumentId());
        assertEquals(MarginType.UNKNOWN, settings.marginType());
        assertEquals(0, settings.maxNotionalE8());
        bodies.accountSettings(
                bytes("{\"canTrade\":true,\"canWithdraw\":false,\"dualSidePosition\":true}"), 7, 77, sink());
        settings.wrapAndApplyHeader(events.get(2), 0, frame);
        assertEquals(EventHeader.NO_INSTRUMENT, settings.header().instrumentId());
        assertEquals(BooleanType.YES, settings.canTrade());
        assertEquals(BooleanType.NO, settings.canWithdraw());
        assertEquals(BooleanType.YES, settings.hedgeMode());
        assertEquals(BooleanType.NULL_VAL, settings.multiAssets());
    }

    @Test
    void shouldSayWhatCannotBeRead() {
        assertRefused(
                "[{\"symbol\":\"BTCUSDT\",\"positionAmt\":\"0.2505\"}]",
                "positionAmt=\"0.2505\" of BTCUSDT is off the grid");
        assertRefused("[{\"symbol\":\"BTCUSDT\",\"positionAmt\":\"x\"}]", "positionAmt=\"x\" of BTCUSDT is no number");
        assertRefused("<html>", "positionRisk of 6 bytes is not JSON");
        assertRefused("7", "positionRisk of 1 bytes is no object");
    }

    private void assertRefused(String body, String message) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> bodies.audit(bytes(body), null, 5, 77, sink()));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
