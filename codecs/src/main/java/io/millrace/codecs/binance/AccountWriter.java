package io.millrace.codecs.binance;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.AccountReason;
import io.millrace.codecs.event.AccountReportEncoder;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Builds AccountReports from balances and positions given in any order, cut into messages that fit a slot.
 *
 * <p><b>Thread:</b> confined to its owner. <b>Allocation:</b> when it meets more rows than ever before.
 */
public final class AccountWriter {
    private static final int BALANCE_WORDS = 5;
    private static final int POSITION_WORDS = 7;
    private static final int BALANCE_LENGTH = BALANCE_WORDS * Long.BYTES;
    private static final int POSITION_LENGTH = POSITION_WORDS * Long.BYTES;
    private static final int GROUPS_OFFSET = 8 + AccountReportEncoder.BLOCK_LENGTH;
    private static final int GROUP_HEADER_LENGTH = 8;
    private static final int ROWS_OFFSET = GROUPS_OFFSET + 2 * GROUP_HEADER_LENGTH;

    private final EventScratch target;
    private final AccountReportEncoder report = new AccountReportEncoder();
    private final int slotLength;
    private long[] balances = new long[8 * BALANCE_WORDS];
    private long[] positions = new long[64 * POSITION_WORDS];
    private UnsafeBuffer out = new UnsafeBuffer(new byte[8 * 1024]);
    private int balanceCount;
    private int positionCount;
    private AccountReason reason;
    private long commandId;
    private long eventTimeMs;
    private long transactTimeMs;

    /**
     * Makes a writer.
     *
     * @param producer of the events, see {@link io.millrace.codecs.message.Producers}.
     * @param slotLength bytes that the longest message may have.
     */
    public AccountWriter(int producer, int slotLength) {
        this(new EventScratch(ROWS_OFFSET, producer), slotLength);
    }

    AccountWriter(EventScratch target, int slotLength) {
        this.target = target;
        this.slotLength = slotLength;
    }

    /**
     * Begins a report.
     *
     * @param reason why the account changed, AUDIT if it was asked for.
     * @param commandId that it answers, 0 for none.
     * @param eventTimeMs when the venue told it, 0 if it does not say.
     * @param transactTimeMs when it happened, 0 if the venue does not say.
     */
    public void begin(AccountReason reason, long commandId, long eventTimeMs, long transactTimeMs) {
        this.reason = reason;
        this.commandId = commandId;
        this.eventTimeMs = eventTimeMs;
        this.transactTimeMs = transactTimeMs;
        balanceCount = 0;
        positionCount = 0;
    }

    /**
     * Sets what the messages' headers carry.
     *
     * @param connectionId 0 to 65535.
     * @param ingressNs when the bytes were read.
     */
    public void origin(int connectionId, long ingressNs) {
        target.begin(connectionId, ingressNs);
    }

    /**
     * Adds a balance.
     *
     * @param asset up to eight letters, the first in the lowest byte.
     * @param walletE8 wallet balance.
     * @param crossWalletE8 cross wallet balance.
     * @param changeE8 change but for profit and fees.
     * @param availableE8 available balance, {@link AccountReportEncoder.BalancesEncoder#availableE8NullValue()} if not told.
     */
    public void balance(long asset, long walletE8, long crossWalletE8, long changeE8, long availableE8) {
        int at = balanceCount++ * BALANCE_WORDS;
        balances = at + BALANCE_WORDS > balances.length ? Arrays.copyOf(balances, balances.length * 2) : balances;
        balances[at] = asset;
        balances[at + 1] = walletE8;
        balances[at + 2] = crossWalletE8;
        balances[at + 3] = changeE8;
        balances[at + 4] = availableE8;
    }

    /**
     * Adds a position; its amounts follow by {@link #amounts}.
     *
     * @param spec the contract, null if it is not known here.
     * @param positionLots negative for short.
     * @param entryMantissa of the entry price.
     * @param entryExponent of the entry price.
     * @param marginType of the position.
     */
    public void position(
            InstrumentSpec spec, long positionLots, long entryMantissa, int entryExponent, MarginType marginType) {
        int at = positionCount++ * POSITION_WORDS;
        positions = at + POSITION_WORDS > positions.length ? Arrays.copyOf(positions, positions.length * 2) : positions;
        positions[at] = positionLots;
        positions[at + 4] = entryMantissa;
        long id = spec == null ? EventHeader.NO_INSTRUMENT : spec.id();
        long gridVersion = spec == null ? 0 : spec.gridVersion();
        positions[at + 6] = (id & 0xFFFF_FFFFL)
                | (gridVersion << 32)
                | ((entryExponent & 0xFFL) << 48)
                | ((long) marginType.value() << 56);
    }

    /**
     * Says the amounts of the position last added.
     *
     * @param realizedE8 accumulated profit before fees.
     * @param unrealizedE8 profit at the mark price.
     * @param isolatedWalletE8 margin of its own.
     * @param liquidationPriceE8 0 if not told.
     */
    public void amounts(long realizedE8, long unrealizedE8, long isolatedWalletE8, long liquidationPriceE8) {
        int at = (positionCount - 1) * POSITION_WORDS;
        positions[at + 1] = realizedE8;
        positions[at + 2] = unrealizedE8;
        positions[at + 3] = isolatedWalletE8;
        positions[at + 5] = liquidationPriceE8;
    }

    /** Writes all messages from 0 of {@link #encoded()} and returns their bytes; one message even without a row. */
    public int end() {
        int room = slotLength - ROWS_OFFSET;
        int at = 0;
        int balance = 0;
        int position = 0;
        int flags = EventFlags.FIRST;
        do {
            int balancesHere = Math.min(balanceCount - balance, room / BALANCE_LENGTH);
            int positionsHere =
                    Math.min(positionCount - position, (room - balancesHere * BALANCE_LENGTH) / POSITION_LENGTH);
            boolean isLast = balance + balancesHere == balanceCount && position + positionsHere == positionCount;
            int length = ROWS_OFFSET + balancesHere * BALANCE_LENGTH + positionsHere * POSITION_LENGTH;
            ensure(at + length);
            head(at, length, isLast ? flags | EventFlags.LAST : flags);
            int row = group(at + GROUPS_OFFSET, BALANCE_LENGTH, balancesHere);
            row = rows(row, balances, balance * BALANCE_WORDS, balancesHere * BALANCE_WORDS);
            row = group(row, POSITION_LENGTH, positionsHere);
            rows(row, positions, position * POSITION_WORDS, positionsHere * POSITION_WORDS);
            balance += balancesHere;
            position += positionsHere;
            at += length;
            flags = 0;
        } while (balance < balanceCount || position < positionCount);
        return at;
    }

    /** The messages of the last {@link #end}. */
    public DirectBuffer encoded() {
        return out;
    }

    private void head(int at, int length, int flags) {
        long header = EventScratch.frame(AccountReportEncoder.TEMPLATE_ID, AccountReportEncoder.BLOCK_LENGTH);
        target.header(0, header, length, null, eventTimeMs, transactTimeMs);
        target.lengthAndFlags(0, length, flags);
        out.putBytes(at, target.buffer(), 0, EventHeader.BODY_OFFSET);
        out.setMemory(at + EventHeader.BODY_OFFSET, GROUPS_OFFSET - EventHeader.BODY_OFFSET, (byte) 0);
        report.wrap(out, at + 8).commandId(commandId).reason(reason);
    }

    private int group(int at, int rowLength, int count) {
        out.putLong(at, rowLength | ((long) count << 16), LITTLE_ENDIAN);
        return at + GROUP_HEADER_LENGTH;
    }

    private int rows(int at, long[] words, int first, int count) {
        for (int i = 0; i < count; i++) {
            out.putLong(at + i * Long.BYTES, words[first + i], LITTLE_ENDIAN);
        }
        return at + count * Long.BYTES;
    }

    private void ensure(int length) {
        if (length > out.capacity()) {
            byte[] longer = new byte[Math.max(length, 2 * out.capacity())];
            out.getBytes(0, longer, 0, out.capacity());
            out = new UnsafeBuffer(longer);
        }
    }
}
