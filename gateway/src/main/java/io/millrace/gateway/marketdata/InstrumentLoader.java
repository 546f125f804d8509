package io.millrace.gateway.marketdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.binance.ExchangeInfoReader;
import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.Lane;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.control.ControlOutbox;
import io.millrace.gateway.rest.RestAnswer;
import io.millrace.gateway.rest.VenueRest;
import io.millrace.gateway.transport.Backoff;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the venue for its clock and its contracts, publishes their definitions before any of their streams is connected, and
 * looks again from time to time: a contract whose grid changed gets a new version, and from the point in the order of
 * events where that stands, its frames are decoded on it.
 */
final class InstrumentLoader {
    private static final Logger LOG = LoggerFactory.getLogger(InstrumentLoader.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WEIGHT = 1;

    private enum Step {
        ASK_TIME,
        ASK_INFO,
        WAIT_ANSWER,
        PUBLISH
    }

    private final VenueRest rest;
    private final SymbolChoice choice;
    private final InstrumentTable table;
    private final MarketPublisher publisher;
    private final ControlOutbox outbox;
    private final MarketFeed feed;
    private final IngressClock clock;
    private final Backoff backoff;
    private final long refreshNs;

    private Step step = Step.ASK_TIME;
    private long nextNs;
    private boolean isStarted;
    private boolean isPublishing;
    private List<InstrumentSpec> loaded = List.of();

    InstrumentLoader(
            CommandExecutor.Parts parts, ControlOutbox outbox, InstrumentTable table, IngressClock clock, Plan plan) {
        this.rest = parts.rest();
        this.feed = parts.feed();
        this.publisher = parts.publisher();
        this.outbox = outbox;
        this.table = table;
        this.clock = clock;
        this.choice = plan.choice();
        this.backoff = plan.backoff();
        this.refreshNs = plan.refreshNs();
        this.nextNs = clock.monotonicNs();
    }

    /**
     * What it asks for, and when.
     *
     * @param choice among the venue's contracts.
     * @param backoff between attempts that failed.
     * @param refreshNs between looks.
     */
    record Plan(SymbolChoice choice, Backoff backoff, long refreshNs) {}

    /** Returns whether definitions have been published and streams are being connected. */
    boolean isStarted() {
        return isStarted;
    }

    void onTick(long nowNs) {
        if (isPublishing && outbox.isEmpty()) {
            isPublishing = false;
            if (!isStarted) {
                isStarted = true;
                feed.start(loaded.stream().filter(InstrumentLoader::isFollowed).toList());
            }
        }
        if (nowNs - nextNs < 0 || isPublishing) {
            return;
        }
        switch (step) {
            case ASK_TIME -> ask("/fapi/v1/time", this::onTime);
            case ASK_INFO -> ask("/fapi/v1/exchangeInfo", this::onInfo);
            case WAIT_ANSWER -> {
                // The answer, or its absence, sets the next step.
            }
            case PUBLISH -> {
                // A message that was decoded on the old grid has to stand in front of the new definition.
                if (publisher.isDrained()) {
                    publish();
                }
            }
        }
    }

    private void ask(String path, java.util.function.BiConsumer<RestAnswer, Long> onAnswer) {
        if (!rest.hasCapacity()) {
            return;
        }
        Step asked = step;
        long sentAtNs = clock.nowNs();
        long retryAtNs = rest.tryGet(path, WEIGHT, Lane.QUERY, answer -> {
            if (answer.isOk()) {
                onAnswer.accept(answer, sentAtNs);
            } else {
                LOG.warn(
                        "{} failed: {}, status {}, code {}",
                        path,
                        answer.kind(),
                        answer.status(),
                        VenueRest.venueCode(answer));
                retry(asked);
            }
        });
        if (retryAtNs > 0) {
            nextNs = clock.monotonicNs() + Math.max(0, retryAtNs - clock.nowNs());
        } else {
            step = Step.WAIT_ANSWER;
        }
    }

    private void retry(Step again) {
        step = again;
        long banNs = Math.max(0, rest.bannedUntilNs() - clock.nowNs());
        nextNs = clock.monotonicNs() + Math.max(backoff.nextNs(), banNs);
    }

    private void onTime(RestAnswer answer, long sentAtNs) {
        JsonNode root = tree(answer.body());
        long serverTimeMs = root.path("serverTime").asLong(0);
        if (serverTimeMs <= 0) {
            LOG.warn("the venue's answer to time is unusable: {} bytes", answer.body().length);
            retry(Step.ASK_TIME);
            return;
        }
        rest.onServerTime(serverTimeMs, sentAtNs, answer.ingressNs());
        step = Step.ASK_INFO;
    }

    private void onInfo(RestAnswer answer, long sentAtNs) {
        try {
            JsonNode root = tree(answer.body());
            choice.update(root);
            List<InstrumentSpec> read = ExchangeInfoReader.read(answer.body(), table, choice, LOG::warn);
            if (read.isEmpty()) {
                throw new IllegalArgumentException("none of the configured symbols is among the venue's contracts");
            }
            noteLimits(root);
            loaded = read;
            backoff.reset();
            step = Step.PUBLISH;
        } catch (IllegalArgumentException | ArithmeticException e) {
            LOG.warn("the venue's exchangeInfo is unusable: {}", e.getMessage());
            retry(Step.ASK_INFO);
        }
    }

    private void noteLimits(JsonNode root) {
        for (JsonNode limit : root.path("rateLimits")) {
            boolean isMinute = "MINUTE".equals(limit.path("interval").asText())
                    && limit.path("intervalNum").asInt(0) == 1;
            if (isMinute && "REQUEST_WEIGHT".equals(limit.path("rateLimitType").asText())) {
                rest.ledger().lowerLimit(limit.path("limit").asInt(Integer.MAX_VALUE));
            }
        }
    }

    private void publish() {
        List<InstrumentSpec> changed = new ArrayList<>();
        for (InstrumentSpec spec : loaded) {
            if (!isStarted || !spec.equals(table.byId(spec.id()))) {
                changed.add(spec);
            }
        }
        for (InstrumentSpec spec : changed) {
            InstrumentSpec old = table.byId(spec.id());
            ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(512);
            int length = InstrumentCodec.encode(spec, buffer, 0, clock.nowNs());
            outbox.publish(buffer, 0, length, () -> onPublished(old, spec));
        }
        isPublishing = true;
        step = Step.ASK_TIME;
        nextNs = clock.monotonicNs() + refreshNs;
    }

    /** The definition is on the ring: from here on the instrument's frames are decoded on it. */
    private void onPublished(InstrumentSpec old, InstrumentSpec spec) {
        table.put(spec);
        if (isStarted) {
            boolean wasFollowed = old != null && isFollowed(old);
            if (isFollowed(spec) && !wasFollowed) {
                feed.add(spec);
            } else if (!isFollowed(spec) && wasFollowed) {
                feed.remove(spec.id());
            }
        }
    }

    private static boolean isFollowed(InstrumentSpec spec) {
        return spec.status() == InstrumentStatus.TRADING && spec.streams() != 0;
    }

    private static JsonNode tree(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            return root == null ? JSON.createObjectNode() : root;
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }
}
