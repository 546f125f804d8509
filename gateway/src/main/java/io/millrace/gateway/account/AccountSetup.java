package io.millrace.gateway.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.binance.AccountBodies;
import io.millrace.codecs.event.Lane;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.control.ControlOutbox;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.orders.OrderDesk;
import io.millrace.gateway.rest.RestAnswer;
import io.millrace.gateway.rest.RestRequest;
import io.millrace.gateway.rest.VenueRest;
import io.millrace.gateway.transport.Backoff;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be right of the account before anything is traded: position mode and permissions of the key. Asks, sets the mode if
 * it is told to, asks again to be sure, and publishes what it found as AccountSettings. Leverage and margin type are the
 * engine's to set, by commands.
 */
final class AccountSetup {
    private static final Logger LOG = LoggerFactory.getLogger(AccountSetup.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int RECV_WINDOW_MS = 5000;
    private static final int CONFIG_WEIGHT = 5;
    private static final String ACCOUNT = "/fapi/v1/accountConfig";

    private final boolean isOneWaySet;
    private final SharedQueries queries;
    private final VenueRest rest;
    private final ApiKey key;
    private final IngressClock clock;
    private final AccountBodies bodies;
    private final ControlOutbox outbox;
    private final Backoff backoff;
    private boolean isModeSet;
    private boolean mayWithdraw;
    private boolean isBusy;
    private boolean isDone;
    private long nextNs;

    AccountSetup(boolean isOneWaySet, Audits.Parts parts, Backoff backoff) {
        OrderDesk.Parts desk = parts.desk();
        this.isOneWaySet = isOneWaySet;
        this.queries = parts.queries();
        this.bodies = parts.bodies();
        this.outbox = parts.outbox();
        this.rest = desk.rest();
        this.key = desk.key();
        this.clock = desk.sockets().clock();
        this.backoff = backoff;
        this.nextNs = clock.monotonicNs();
    }

    /** Returns whether mode and permissions were found out, and the mode set where it was to be. */
    boolean isDone() {
        return isDone;
    }

    /** Returns whether the venue said that withdrawals are allowed. */
    boolean mayWithdraw() {
        return mayWithdraw;
    }

    void onTick(long nowNs) {
        if (isDone || isBusy || nowNs - nextNs < 0 || !queries.hasCapacity()) {
            return;
        }
        ask();
    }

    private void onAccount(RestAnswer answer) throws IOException {
        JsonNode told = JSON.readTree(answer.body());
        bodies.accountSettings(answer.body(), 0, answer.ingressNs(), outbox::publish);
        mayWithdraw = told.path("canWithdraw").asBoolean(false);
        if (mayWithdraw) {
            LOG.warn("the API key may withdraw: trading does not need that, take the permission away");
        }
        if (!told.path("canTrade").asBoolean(true)) {
            LOG.error("the API key may not trade: orders will be refused, give it the permission or use another");
        }
        boolean isHedge = told.path("dualSidePosition").asBoolean(false);
        if (isHedge && isOneWaySet && !isModeSet) {
            isModeSet = true;
            change("/fapi/v1/positionSide/dual", () -> "dualSidePosition=false");
            return;
        }
        if (isHedge) {
            LOG.error("the account keeps positions apart by side (hedge mode): set one-way mode, nothing can be traded"
                    + " so");
        }
        isDone = true;
    }

    private void ask() {
        long deadlineNs = clock.nowNs() + PATIENCE_NS;
        isBusy = true;
        long retryAtNs = queries.ask(
                new SharedQueries.Question(ACCOUNT, CONFIG_WEIGHT, Lane.PROTECTION, 0, deadlineNs),
                (answer, sentNs) -> {
                    isBusy = false;
                    accept(answer);
                });
        noteRefusal(retryAtNs);
    }

    private void accept(RestAnswer answer) {
        if (!answer.isOk()) {
            retry(ACCOUNT, answer);
            return;
        }
        try {
            onAccount(answer);
            backoff.reset();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("the answer to {} cannot be read: {}", ACCOUNT, e.getMessage());
            nextNs = clock.monotonicNs() + backoff.nextNs();
        }
    }

    private void change(String path, Supplier<String> parameters) {
        LOG.info("setting {} as the configuration says", path);
        Supplier<String> target = () -> path + "?"
                + key.signed(parameters.get() + "&recvWindow=" + RECV_WINDOW_MS + "&timestamp=" + rest.venueNowMs());
        RestRequest request = new RestRequest(
                RestRequest.Method.POST, target, key.name(), clock.monotonicNs() + PATIENCE_NS, () -> {});
        Consumer<RestAnswer> onAnswer = answer -> {
            isBusy = false;
            queries.forget(ACCOUNT);
            if (!answer.isOk()) {
                retry(path, answer);
            }
        };
        isBusy = true;
        noteRefusal(
                rest.hasCapacity() ? rest.trySend(request, new VenueRest.Cost(Lane.PROTECTION, 1, 0), onAnswer) : 1);
    }

    private void noteRefusal(long retryAtNs) {
        if (retryAtNs > 0) {
            isBusy = false;
            nextNs = clock.monotonicNs() + Math.max(backoff.nextNs(), retryAtNs - clock.nowNs());
        }
    }

    private void retry(String path, RestAnswer answer) {
        LOG.warn(
                "{} failed: {}, status {}, code {}: {}",
                path,
                answer.kind(),
                answer.status(),
                VenueRest.venueCode(answer),
                VenueRest.venueMessage(answer));
        nextNs = clock.monotonicNs() + backoff.nextNs();
    }
}
