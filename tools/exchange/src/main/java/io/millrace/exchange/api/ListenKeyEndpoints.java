package io.millrace.exchange.api;

import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.userdata.UserData;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Rows of the endpoint table for the keys of private streams.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class ListenKeyEndpoints {
    private static final String PATH = "/fapi/v1/listenKey";

    private final UserData userData;
    private final LongSupplier clockNs;

    ListenKeyEndpoints(UserData userData, LongSupplier clockNs) {
        this.userData = userData;
        this.clockNs = clockNs;
    }

    List<Endpoint> rows() {
        return List.of(
                row("POST")
                        .serve((call, out) -> key(out, userData.openListenKey(call.accountId(), clockNs.getAsLong()))),
                row("PUT").serve(this::extend),
                row("DELETE").serve(this::close));
    }

    private static Endpoint.Builder row(String method) {
        // Older clients name the key; there is only one, so it is not looked at.
        return Endpoint.of(method, PATH).security(Security.USER_STREAM).takes("listenKey");
    }

    private void extend(ApiCall call, JsonWriter out) throws VenueException {
        key(out, userData.extendListenKey(call.accountId(), clockNs.getAsLong()));
    }

    private void close(ApiCall call, JsonWriter out) throws VenueException {
        userData.closeListenKey(call.accountId(), clockNs.getAsLong());
        out.raw("{}");
    }

    private static void key(JsonWriter out, String listenKey) {
        out.raw("{\"listenKey\":").quoted(listenKey).raw('}');
    }
}
