package io.millrace.engine.orders;

import io.millrace.codecs.event.AccountReportDecoder;
import io.millrace.codecs.event.AccountSettingsDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.DifferenceAction;
import io.millrace.codecs.event.DifferenceKind;
import io.millrace.codecs.event.ErrorClass;
import io.millrace.codecs.event.LinkState;
import io.millrace.codecs.event.LinkStatusDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.event.PrivateStatusDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.risk.HaltReasons;
import org.agrona.DirectBuffer;

/** Takes what the venue tells of the account, and what the connections to it are worth. */
final class Account {
    private final Desk desk;
    private final Reconciler reconciler;
    private final Setups setups;
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final AccountReportDecoder report = new AccountReportDecoder();
    private final AccountSettingsDecoder settings = new AccountSettingsDecoder();
    private final PrivateStatusDecoder privateStatus = new PrivateStatusDecoder();
    private final LinkStatusDecoder link = new LinkStatusDecoder();

    Account(Desk desk, Reconciler reconciler, Setups setups) {
        this.setups = setups;
        this.desk = desk;
        this.reconciler = reconciler;
    }

    void onReport(DirectBuffer buffer, int offset) {
        report.wrapAndApplyHeader(buffer, offset, frame);
        boolean isRow = reconciler.isRow(report.commandId());
        boolean isStream = report.commandId() == 0;
        AccountReportDecoder.BalancesDecoder balances = report.balances();
        while (balances.hasNext()) {
            balances.next();
            if (isRow || isStream) {
                balance(balances, isRow);
            }
        }
        AccountReportDecoder.PositionsDecoder positions = report.positions();
        while (positions.hasNext()) {
            positions.next();
            int id = positions.instrumentId();
            if (Instruments.isInRange(id) && (isRow || isStream)) {
                position(positions, id, isRow);
            } else if (isRow && positions.positionLots() != 0) {
                foreign(positions.positionLots());
            }
        }
    }

    private void balance(AccountReportDecoder.BalancesDecoder row, boolean isRow) {
        Balances all = desk.balances;
        long walletE8 = row.walletE8();
        boolean isFirst = all.find(row.asset()) < 0;
        int i = all.make(row.asset());
        if (i < 0) {
            return;
        }
        all.set(i, Balances.VENUE_E8, walletE8);
        if (isFirst) {
            all.set(i, Balances.OURS_E8, walletE8);
        } else if (!isRow) {
            all.change(row.asset(), row.changeE8());
        }
        if (isRow) {
            all.set(i, Balances.SEEN_ROUND, reconciler.get(Reconciler.ROUND));
            if (row.availableE8() != AccountReportDecoder.BalancesDecoder.availableE8NullValue()) {
                all.set(i, Balances.AVAILABLE_E8, row.availableE8());
            }
        }
    }

    private void position(AccountReportDecoder.PositionsDecoder row, int id, boolean isRow) {
        Instruments instruments = desk.instruments;
        long lots = row.positionLots();
        instruments.set(id, Instruments.VENUE_LOTS, lots);
        if (isRow) {
            if (lots != 0) {
                instruments.use(id);
            }
            instruments.set(id, Instruments.SEEN_ROUND, reconciler.get(Reconciler.ROUND));
            instruments.set(id, Instruments.SEEN_LOTS, lots);
            long entryTicks = instruments.ticks(id, row.entryPriceMantissa(), row.entryPriceExponent());
            instruments.set(id, Instruments.SEEN_ENTRY_TICKS, entryTicks);
        } else if (lots != instruments.get(id, Instruments.LOTS)) {
            instruments.use(id);
            reconciler.mismatch();
        }
    }

    /** A position in a contract that is not followed here: nobody can tell what it is worth. */
    private void foreign(long lots) {
        reconciler.add(Reconciler.DIFFERENCES, 1);
        desk.wire
                .records()
                .values(0, lots)
                .difference(
                        EventHeader.NO_INSTRUMENT,
                        report.commandId(),
                        DifferenceKind.POSITION_FOREIGN,
                        DifferenceAction.NOTE);
    }

    void onSettings(DirectBuffer buffer, int offset) {
        settings.wrapAndApplyHeader(buffer, offset, frame);
        int id = EventHeader.instrumentId(buffer, offset);
        if (id != EventHeader.NO_INSTRUMENT) {
            setups.told(id, settings);
            return;
        }
        if (settings.hedgeMode() == BooleanType.YES) {
            // Positions are kept one way: with two legs a contract's figures would mean something else.
            desk.reason(HaltReasons.DIFFERENCE, true);
        }
        if (settings.canTrade() == BooleanType.NO) {
            desk.reason(HaltReasons.PERMISSION, true);
        }
    }

    void onMarginCall() {
        desk.reason(HaltReasons.REDUCE_ONLY, true);
        desk.wire.records().alarm(0, 0, 0, 0, ErrorClass.ACCOUNT);
    }

    void onPrivateStatus(DirectBuffer buffer, int offset) {
        privateStatus.wrapAndApplyHeader(buffer, offset, frame);
        PrivateState state = privateStatus.state();
        if (state == PrivateState.DOWN || state == PrivateState.KEY_EXPIRED) {
            desk.set(Desk.PRIVATE_UP, 0);
        } else if (state == PrivateState.UP && desk.get(Desk.PRIVATE_UP) == 0) {
            desk.set(Desk.PRIVATE_UP, 1);
            desk.set(Desk.PRIVATE_SINCE, Math.max(1, desk.nowNs));
            reconciler.restart(false);
        }
    }

    void onLinkStatus(DirectBuffer buffer, int offset) {
        link.wrapAndApplyHeader(buffer, offset, frame);
        desk.set(Desk.LINK, link.stateRaw());
    }

    /** Returns whether orders can be sent, as far as anybody said. */
    boolean isLinkUp() {
        long state = desk.get(Desk.LINK);
        return state != LinkState.DOWN.value() && state != LinkState.BANNED.value();
    }
}
