package io.millrace.app.trading;

import io.millrace.app.config.Config;
import io.millrace.app.runtime.DetachedRun;
import io.millrace.app.runtime.Venue;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Progress;
import io.millrace.engine.orders.OrdersReport;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.gateway.OrderGateway;
import io.millrace.gateway.OrderSettings;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.limits.LedgerMemory;
import io.millrace.journal.JournalScan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reconciliation without consequences: the engine itself, brought to the end of the journal, compares with the venue as at the
 * start of a run, and what it would do about the differences is kept from leaving. The journal is read only and not locked.
 *
 * <p><b>Thread:</b> the command's.
 */
public final class DryReconciliation {
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);
    /** So many ticks of 50 ms without anything new are the end: more than any pause of the engine's. */
    private static final long QUIET_TICKS = 30;
    /** The same while the engine still has stops to place; not all of them may come without a venue that takes them. */
    private static final long UNCOVERED_TICKS = 120;

    private final Config config;
    private final ApiKey key;
    private final Progress progress;

    private DryReconciliation(Config config, ApiKey key, Progress progress) {
        this.config = config;
        this.key = key;
        this.progress = progress;
    }

    /**
     * Makes it.
     *
     * @param config names journal and venue.
     * @param environment of the process, where keys may be.
     * @param progress told how far it is.
     * @throws CommandFailure if there is no venue that outlives a run, or no key.
     */
    public static DryReconciliation of(Config config, Map<String, String> environment, Progress progress) {
        String mode = config.trading().mode();
        if (!mode.equals("testnet") && !mode.equals("live")) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "trading.mode=" + mode
                            + " has no account between two runs to compare with: name one, testnet or live");
        }
        return new DryReconciliation(config, TradingKeys.reading(config.trading(), environment), progress);
    }

    /**
     * Compares.
     *
     * @throws CommandFailure if the journal cannot be continued or the venue does not answer.
     */
    public ReconcileReport run() {
        Path journal = Path.of(config.journal().directory());
        try (DetachedRun run = DetachedRun.open(config, journal, progress);
                LedgerMemory ledger = TradingSession.ledger(config)) {
            OrdersReport before = run.engine().riskStage().report();
            DryVenue venue = new DryVenue(run.engine().controlInlet(), run.clock()::nowNs);
            run.start(gateway(run, venue, ledger), venue, venue);
            await(run, venue);
            run.stop();
            OrdersReport after = run.engine().riskStage().report();
            ReconcileFindings findings = new ReconcileFindings(config.trading(), run.instruments(), before, after);
            venue.records().forEach(findings::onRecord);
            venue.kept().forEach(findings::onCommand);
            List<JournalScan.Run> runs = run.scan().runs();
            return new ReconcileReport(
                    journal.toString(),
                    before.runEpoch(),
                    !runs.isEmpty() && runs.get(runs.size() - 1).isComplete(),
                    run.recoveredEvents(),
                    config.venue().restUri().getHost(),
                    findings.differences().isEmpty(),
                    findings.differences(),
                    findings.commands(),
                    HaltReasons.toText(after.haltReasons()));
        }
    }

    private OrderGateway gateway(DetachedRun run, DryVenue venue, LedgerMemory ledger) {
        // Over REST and without the account's stream: asking needs no session and no listen key.
        OrderSettings settings = OrderSettings.of(config.venue().restUri(), null, null)
                .with(TradingSession.limits(config))
                .with(Venue.transport(config, null))
                .withSlotLength(config.engine().slotLengthBytes());
        OrderGateway gateway = new OrderGateway(
                settings,
                new OrderAgent.Keys(key, key),
                ledger,
                venue.control(),
                run.instruments(),
                new OrderAgent.Time(run.clock(), new SplittableRandom()));
        venue.questions(gateway.commandInlet());
        return gateway;
    }

    private void await(DetachedRun run, DryVenue venue) {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        long seen = -1;
        int reasons = 0;
        long quietSince = Long.MAX_VALUE;
        while (true) {
            long ticks = run.ticks();
            int reasonsNow = run.engine().riskStage().shownReasons();
            if (venue.activity() != seen || reasonsNow != reasons) {
                seen = venue.activity();
                reasons = reasonsNow;
                quietSince = Long.MAX_VALUE;
            }
            if (ticks >= 0 && quietSince == Long.MAX_VALUE) {
                quietSince = ticks;
            }
            boolean isKnown = (reasons & HaltReasons.ORDER_UNKNOWN) == 0;
            long quiet = (reasons & HaltReasons.NOT_RECONCILED) == 0 ? QUIET_TICKS : UNCOVERED_TICKS;
            if (venue.isClean() && isKnown && ticks - quiet >= quietSince) {
                progress.end();
                return;
            }
            check(run, venue, deadlineNs);
            progress.show("asking " + config.venue().restUri().getHost() + " for orders, positions and balances");
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private void check(DetachedRun run, DryVenue venue, long deadlineNs) {
        DryVenue.Failure failure = venue.failure();
        String why = failure == null
                ? "no answer"
                : failure.reason() + ", status " + failure.httpStatus() + ", code " + failure.venueCode();
        if (!run.isRunning()) {
            throw new CommandFailure(ExitCodes.FAULT, "the engine stopped: " + run.failure(), run.failure());
        }
        if (failure != null && failure.isFinal()) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    config.venue().restUri() + " refuses the key (" + why + "): use one that may read");
        }
        if (System.nanoTime() - deadlineNs >= 0) {
            throw new CommandFailure(
                    ExitCodes.ENVIRONMENT,
                    "no clear picture of " + config.venue().restUri() + " within "
                            + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NS) + " s (" + why
                            + "): is the venue reachable?");
        }
    }
}
