package io.millrace.codecs.binance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.event.AccountReason;
import io.millrace.codecs.event.AccountReportEncoder;
import io.millrace.codecs.event.AccountSettingsEncoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.FillNoticeEncoder;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the bodies of REST answers about the account, but for orders, into events. Cold: Jackson and BigDecimal.
 *
 * <p><b>Thread:</b> confined to its owner, with an instrument table of that thread's own.
 */
public final class AccountBodies {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final BigDecimal E8 = BigDecimal.TEN.pow(8);
    private static final int CAPACITY = 512;

    private final InstrumentTable instruments;
    private final AccountWriter account;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final FillNoticeEncoder fill = new FillNoticeEncoder();
    private final AccountSettingsEncoder settings = new AccountSettingsEncoder();

    /** Takes events one by one. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes an event, which is valid during the call.
         *
         * @param event holds it.
         * @param offset of its first byte.
         * @param length in bytes.
         */
        void accept(DirectBuffer event, int offset, int length);
    }

    /**
     * Makes a reader.
     *
     * @param instruments by symbol; what is added later is known at once.
     * @param slotLength bytes that the longest message may have.
     */
    public AccountBodies(InstrumentTable instruments, int slotLength) {
        this.instruments = instruments;
        this.account = new AccountWriter(Producers.REST, slotLength);
    }

    /**
     * Reads {@code GET /fapi/v3/positionRisk} and {@code GET /fapi/v3/balance} into one AccountReport with reason AUDIT: all
     * positions and balances that there are.
     *
     * @param positions body, null if it was not asked for.
     * @param balances body, null if it was not asked for.
     * @param commandId that is answered.
     * @param ingressNs when it was read.
     * @param sink of the report's messages.
     * @throws IllegalArgumentException that says what cannot be read.
     */
    public void audit(byte[] positions, byte[] balances, long commandId, long ingressNs, Sink sink) {
        account.origin(0, ingressNs);
        account.begin(AccountReason.AUDIT, commandId, 0, 0);
        if (balances != null) {
            for (JsonNode row : rows(balances, "balance")) {
                account.balance(
                        word(text(row, "asset")),
                        e8(row, "balance"),
                        e8(row, "crossWalletBalance"),
                        0,
                        row.hasNonNull("availableBalance")
                                ? e8(row, "availableBalance")
                                : AccountReportEncoder.BalancesEncoder.availableE8NullValue());
            }
        }
        if (positions != null) {
            for (JsonNode row : rows(positions, "positionRisk")) {
                position(row);
            }
        }
        int length = account.end();
        int at = 0;
        while (at < length) {
            int message = EventHeader.length(account.encoded(), at);
            sink.accept(account.encoded(), at, message);
            at += message;
        }
    }

    private void position(JsonNode row) {
        InstrumentSpec spec = instruments.find(text(row, "symbol"));
        if (spec == null) {
            if (decimal(row, "positionAmt").signum() != 0) {
                account.position(null, 0, 0, 0, MarginType.UNKNOWN);
                account.amounts(0, 0, 0, 0);
            }
            return;
        }
        BigDecimal entry = decimal(row, "entryPrice").stripTrailingZeros();
        boolean isIsolated = decimal(row, "isolatedMargin").signum() != 0
                || text(row, "marginType").equals("isolated");
        account.position(
                spec,
                units(row, "positionAmt", spec.lot()),
                exact(entry.unscaledValue(), row, "entryPrice"),
                -entry.scale(),
                isIsolated ? MarginType.ISOLATED : MarginType.CROSSED);
        account.amounts(
                0,
                e8(row, "unRealizedProfit"),
                row.hasNonNull("isolatedWallet") ? e8(row, "isolatedWallet") : 0,
                row.hasNonNull("liquidationPrice") ? rounded(row, "liquidationPrice") : 0);
    }

    /**
     * Reads {@code GET /fapi/v1/userTrades} into FillNotices, in the body's order.
     *
     * @param body of the answer.
     * @param commandId that is answered.
     * @param ingressNs when it was read.
     * @param sink of the fills.
     * @return the id of the last trade, 0 if there is none.
     * @throws IllegalArgumentException that says what cannot be read.
     */
    public long trades(byte[] body, long commandId, long ingressNs, Sink sink) {
        long lastId = 0;
        for (JsonNode row : rows(body, "userTrades")) {
            InstrumentSpec spec = instruments.find(text(row, "symbol"));
            lastId = Math.max(lastId, row.path("id").asLong());
            if (spec == null) {
                continue;
            }
            fill.wrapAndApplyHeader(buffer, 0, frame)
                    .commandId(commandId)
                    .venueOrderId(row.path("orderId").asLong())
                    .clientKey(ClientOrderId.NO_KEY)
                    .lastTicks(units(row, "price", spec.tick()))
                    .lastLots(units(row, "qty", spec.lot()))
                    .tradeId(row.path("id").asLong())
                    .feeE8(e8(row, "commission"))
                    .feeAsset(word(text(row, "commissionAsset")))
                    .realizedE8(e8(row, "realizedPnl"))
                    .clientTag(0)
                    .side(text(row, "side").equals("BUY") ? Side.BUY : Side.SELL)
                    .maker(bool(row, "maker"))
                    .source(ReportSource.AUDIT)
                    .putClientText(new byte[0], 0, 0);
            head(fill.limit(), spec, row.path("time").asLong(), ingressNs);
            sink.accept(buffer, 0, fill.limit());
        }
        return lastId;
    }

    /**
     * Reads {@code GET /fapi/v1/symbolConfig} or the answer to {@code POST /fapi/v1/leverage} into AccountSettings, one for
     * each known contract.
     *
     * @param body of the answer.
     * @param commandId that is answered.
     * @param ingressNs when it was read.
     * @param sink of the settings.
     * @throws IllegalArgumentException that says what cannot be read.
     */
    public void symbolSettings(byte[] body, long commandId, long ingressNs, Sink sink) {
        for (JsonNode row : rows(body, "symbolConfig")) {
            InstrumentSpec spec = instruments.find(text(row, "symbol"));
            if (spec == null) {
                continue;
            }
            MarginType type = switch (text(row, "marginType").toUpperCase(Locale.ROOT)) {
                case "CROSSED", "CROSS" -> MarginType.CROSSED;
                case "ISOLATED" -> MarginType.ISOLATED;
                default -> MarginType.UNKNOWN;
            };
            settings.wrapAndApplyHeader(buffer, 0, frame)
                    .commandId(commandId)
                    .maxNotionalE8(maxNotional(row))
                    .leverage(row.path("leverage").asInt())
                    .marginType(type)
                    .hedgeMode(BooleanType.NULL_VAL)
                    .multiAssets(BooleanType.NULL_VAL)
                    .canTrade(BooleanType.NULL_VAL)
                    .canWithdraw(BooleanType.NULL_VAL);
            head(settings.limit(), spec, 0, ingressNs);
            sink.accept(buffer, 0, settings.limit());
        }
    }

    /**
     * Reads {@code GET /fapi/v1/accountConfig} into AccountSettings of the account.
     *
     * @param body of the answer.
     * @param commandId that is answered.
     * @param ingressNs when it was read.
     * @param sink of the settings.
     * @throws IllegalArgumentException that says what cannot be read.
     */
    public void accountSettings(byte[] body, long commandId, long ingressNs, Sink sink) {
        JsonNode row = parse(body, "accountConfig");
        settings.wrapAndApplyHeader(buffer, 0, frame)
                .commandId(commandId)
                .maxNotionalE8(0)
                .leverage(0)
                .marginType(MarginType.UNKNOWN)
                .hedgeMode(bool(row, "dualSidePosition"))
                .multiAssets(bool(row, "multiAssetsMargin"))
                .canTrade(bool(row, "canTrade"))
                .canWithdraw(bool(row, "canWithdraw"));
        head(settings.limit(), null, 0, ingressNs);
        sink.accept(buffer, 0, settings.limit());
    }

    private void head(int length, InstrumentSpec spec, long transactTimeMs, long ingressNs) {
        EventHeader.length(buffer, 0, length);
        EventHeader.flags(buffer, 0, EventFlags.WHOLE);
        EventHeader.producer(buffer, 0, Producers.REST);
        EventHeader.instrumentId(buffer, 0, spec == null ? EventHeader.NO_INSTRUMENT : spec.id());
        EventHeader.gridVersion(buffer, 0, spec == null ? 0 : spec.gridVersion());
        EventHeader.connectionId(buffer, 0, 0);
        EventHeader.eventTimeMs(buffer, 0, 0);
        EventHeader.transactTimeMs(buffer, 0, transactTimeMs);
        EventHeader.ingressNs(buffer, 0, ingressNs);
    }

    private static JsonNode rows(byte[] body, String what) {
        JsonNode root = parse(body, what);
        return root.isArray() ? root : MAPPER.createArrayNode().add(root);
    }

    private static JsonNode parse(byte[] body, String what) {
        try {
            JsonNode root = MAPPER.readTree(body);
            if (!root.isContainerNode()) {
                throw new IllegalArgumentException(what + " of " + body.length + " bytes is no object and no list");
            }
            return root;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    what + " of " + body.length + " bytes is not JSON: " + JsonErrors.oneLine(e), e);
        }
    }

    private static String text(JsonNode row, String key) {
        return row.path(key).asText();
    }

    private static BooleanType bool(JsonNode row, String key) {
        if (!row.path(key).isBoolean()) {
            return BooleanType.NULL_VAL;
        }
        return row.path(key).booleanValue() ? BooleanType.YES : BooleanType.NO;
    }

    private static BigDecimal decimal(JsonNode row, String key) {
        String value = text(row, key);
        try {
            return value.isEmpty() ? BigDecimal.ZERO : new BigDecimal(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    key + "=\"" + value + "\" of " + text(row, "symbol") + " is no number", e);
        }
    }

    private static long e8(JsonNode row, String key) {
        return exact(decimal(row, key).multiply(E8), row, key);
    }

    /** A limit that the venue may write as a number of any size is cut at what a long holds. */
    private static long maxNotional(JsonNode row) {
        BigDecimal value = text(row, "maxNotionalValue").equals("INF")
                ? BigDecimal.ZERO
                : decimal(row, "maxNotionalValue").multiply(E8);
        return value.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }

    /** A liquidation price is the venue's own estimate: it may be finer than 1e-8. */
    private static long rounded(JsonNode row, String key) {
        return decimal(row, key)
                .multiply(E8)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    private static long units(JsonNode row, String key, Grid grid) {
        BigDecimal[] parts = decimal(row, key)
                .divideAndRemainder(BigDecimal.valueOf(grid.mantissa()).scaleByPowerOfTen(grid.exponent()));
        if (parts[1].signum() != 0) {
            throw new IllegalArgumentException(key + "=\"" + text(row, key) + "\" of " + text(row, "symbol")
                    + " is off the grid of " + grid.mantissa() + "e" + grid.exponent());
        }
        return exact(parts[0], row, key);
    }

    private static long exact(BigDecimal value, JsonNode row, String key) {
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    key + "=\"" + text(row, key) + "\" of " + text(row, "symbol") + " is finer than 1e-8 or too big",
                    e);
        }
    }

    private static long exact(BigInteger value, JsonNode row, String key) {
        return exact(new BigDecimal(value), row, key);
    }

    private static long word(String text) {
        return TemplateKeys.word(text.length() > Long.BYTES ? text.substring(0, Long.BYTES) : text);
    }
}
