package io.millrace.gateway.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.event.Lane;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.rest.RestAnswer;
import io.millrace.gateway.rest.RestRequest;
import io.millrace.gateway.rest.RestRequest.Method;
import io.millrace.gateway.rest.VenueRest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Listen keys over REST; the API key is enough, nothing is signed. */
final class RestListenKeys implements ListenKeys {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/fapi/v1/listenKey";
    private static final int NO_SUCH_KEY = -1125;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long BUSY_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final VenueRest rest;
    private final ApiKey key;
    private final IngressClock clock;

    RestListenKeys(VenueRest rest, ApiKey key, IngressClock clock) {
        this.rest = rest;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public void start(Consumer<Answer> onAnswer) {
        send(Method.POST, onAnswer);
    }

    @Override
    public void keepAlive(Consumer<Answer> onAnswer) {
        send(Method.PUT, onAnswer);
    }

    private void send(Method method, Consumer<Answer> onAnswer) {
        long nowNs = clock.monotonicNs();
        if (!rest.hasCapacity()) {
            onAnswer.accept(new Answer(false, null, false, nowNs + BUSY_NS));
            return;
        }
        RestRequest request = new RestRequest(method, () -> PATH, key.name(), nowNs + PATIENCE_NS, () -> {});
        long retryAtNs = rest.trySend(
                request, new VenueRest.Cost(Lane.PROTECTION, 1, 0), answer -> onAnswer.accept(read(answer)));
        if (retryAtNs > 0) {
            onAnswer.accept(new Answer(false, null, false, retryAtNs - clock.offsetNs()));
        }
    }

    private static Answer read(RestAnswer answer) {
        if (answer.isOk()) {
            return new Answer(true, listenKey(answer.body()), false, 0);
        }
        return new Answer(false, null, VenueRest.venueCode(answer) == NO_SUCH_KEY, 0);
    }

    private static String listenKey(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            return root == null ? null : root.path("listenKey").asText(null);
        } catch (IOException e) {
            return null;
        }
    }
}
