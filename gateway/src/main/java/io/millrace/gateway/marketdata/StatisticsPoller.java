package io.millrace.gateway.marketdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.Lane;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.control.ControlOutbox;
import io.millrace.gateway.rest.RestAnswer;
import io.millrace.gateway.rest.VenueRest;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls what no stream tells: open interest, long/short ratios, settled funding, funding rules, insurance funds. One request at a time, the most overdue first, in the
 * lowest lane of the rate ledger; the answers go to the ring like everything else. A request that fails is asked again at its next turn.
 *
 * <p><b>Thread:</b> the feed agent's.
 */
final class StatisticsPoller {
    private static final Logger LOG = LoggerFactory.getLogger(StatisticsPoller.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INTEREST = 0;
    private static final int RATIO = 1;
    /** Kinds that are asked contract by contract, the last one being funding history. */
    private static final int KINDS = 3;

    private final StatisticsSettings settings;
    private final VenueRest rest;
    private final InstrumentTable table;
    private final IngressClock clock;
    private final StatisticsEvents events;
    private final long[] dueNs = new long[KINDS * InstrumentSpec.MAX_INSTRUMENTS];
    private long rulesDueNs;
    private long fundsDueNs;
    private long nextNs;
    private boolean isStarted;
    private boolean isWaiting;

    StatisticsPoller(
            StatisticsSettings settings,
            VenueRest rest,
            InstrumentTable table,
            IngressClock clock,
            ControlOutbox outbox) {
        this.settings = settings;
        this.rest = rest;
        this.table = table;
        this.clock = clock;
        this.events = new StatisticsEvents(outbox);
    }

    /** Asks for what is due; the first time when the contracts are known. */
    void onTick(long nowNs, boolean areContractsKnown) {
        if (settings.prioritised() == 0 || !areContractsKnown) {
            return;
        }
        if (!isStarted) {
            isStarted = true;
            nextNs = nowNs;
            rulesDueNs = nowNs;
            fundsDueNs = nowNs;
            Arrays.fill(dueNs, nowNs);
        }
        if (isWaiting || nowNs - nextNs < 0 || !rest.hasCapacity()) {
            return;
        }
        nextNs = nowNs + settings.spacing().toNanos();
        askNext(nowNs);
    }

    private void askNext(long nowNs) {
        long fundingNs = settings.fundingEvery().toNanos();
        if (nowNs - rulesDueNs >= 0) {
            if (ask("/fapi/v1/fundingInfo", 0, (answer, json) -> events.fundingInfo(ids(), answer.ingressNs(), json))) {
                rulesDueNs = nowNs + fundingNs;
            }
        } else if (nowNs - fundsDueNs >= 0) {
            if (ask(
                    "/fapi/v1/insuranceBalance",
                    1,
                    (answer, json) -> events.insuranceFund(
                            ids(),
                            answer.ingressNs(),
                            json.isArray() ? json : JSON.createArrayNode().add(json)))) {
                fundsDueNs = nowNs + fundingNs;
            }
        } else {
            askContract(nowNs);
        }
    }

    private void askContract(long nowNs) {
        int most = -1;
        long mostNs = -1;
        for (int id = 0; id < table.nextId(); id++) {
            InstrumentSpec spec = table.byId(id);
            if (spec != null && isPolled(spec)) {
                for (int kind = 0; kind < KINDS; kind++) {
                    long overdueNs = nowNs - dueNs[id * KINDS + kind];
                    // At the start everything is due at once: then those in need come first, being looked at as more
                    // overdue.
                    long need = overdueNs < 0 || !isPrioritised(spec) ? overdueNs : overdueNs + 1;
                    if (need >= 0 && need > mostNs) {
                        mostNs = need;
                        most = id * KINDS + kind;
                    }
                }
            }
        }
        if (most >= 0 && ask(table.byId(most / KINDS), most % KINDS)) {
            dueNs[most] = nowNs + every(table.byId(most / KINDS), most % KINDS).toNanos();
        }
    }

    private boolean ask(InstrumentSpec spec, int kind) {
        int id = spec.id();
        return switch (kind) {
            case INTEREST ->
                ask(
                        "/fapi/v1/openInterest?symbol=" + spec.symbol(),
                        1,
                        (answer, json) -> events.openInterest(id, answer.ingressNs(), json));
            case RATIO ->
                ask(
                        "/futures/data/globalLongShortAccountRatio?period=5m&limit=1&symbol=" + spec.symbol(),
                        0,
                        (answer, json) -> events.longShort(id, answer.ingressNs(), json));
            default ->
                ask(
                        "/fapi/v1/fundingRate?limit=100&symbol=" + spec.symbol(),
                        0,
                        (answer, json) -> events.fundingHistory(id, answer.ingressNs(), json));
        };
    }

    private Duration every(InstrumentSpec spec, int kind) {
        return switch (kind) {
            case INTEREST -> isPrioritised(spec) ? settings.interestOften() : settings.interestSeldom();
            case RATIO -> isPrioritised(spec) ? settings.ratioOften() : settings.ratioSeldom();
            default -> settings.fundingEvery();
        };
    }

    private boolean isPrioritised(InstrumentSpec spec) {
        return spec.priority() < settings.prioritised();
    }

    private static boolean isPolled(InstrumentSpec spec) {
        return spec.status() == InstrumentStatus.TRADING
                && spec.contractType() == ContractType.PERPETUAL
                && spec.streams() != 0;
    }

    /** What is done with an answer. */
    private interface Reader {
        void read(RestAnswer answer, JsonNode json);
    }

    private boolean ask(String path, int weight, Reader reader) {
        long retryAtNs = rest.tryGet(path, weight, Lane.HISTORY, answer -> {
            isWaiting = false;
            read(path, answer, reader);
        });
        if (retryAtNs > 0) {
            nextNs = clock.monotonicNs() + Math.max(0, retryAtNs - clock.nowNs());
            return false;
        }
        isWaiting = true;
        return true;
    }

    private static void read(String path, RestAnswer answer, Reader reader) {
        if (!answer.isOk()) {
            LOG.debug("{} failed: {}, status {}", path, answer.kind(), answer.status());
            return;
        }
        try {
            JsonNode json = JSON.readTree(answer.body());
            if (json != null) {
                reader.read(answer, json);
            }
        } catch (IOException | ArithmeticException e) {
            LOG.warn("the venue's answer to {} is unusable: {}", path, e.getMessage());
        }
    }

    private Map<String, Integer> ids() {
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < table.nextId(); id++) {
            InstrumentSpec spec = table.byId(id);
            if (spec != null) {
                ids.put(spec.symbol(), id);
            }
        }
        return ids;
    }
}
