package io.millrace.gateway;

import io.millrace.gateway.clock.ClockSettings;
import io.millrace.gateway.marketdata.InstrumentSettings;
import io.millrace.gateway.marketdata.StatisticsSettings;
import io.millrace.gateway.marketdata.StreamSettings;
import io.millrace.gateway.rest.RestSettings;
import io.millrace.gateway.transport.Checks;
import io.millrace.gateway.transport.TransportSettings;
import java.net.URI;

/**
 * Everything that the market-data gateway can be told.
 *
 * @param rest the REST interface.
 * @param streams the WebSocket streams.
 * @param instruments which are followed.
 * @param transport sockets and TLS.
 * @param clock ticks and anchoring.
 * @param slotLength longest event in bytes, as the ring has it: a multiple of 64 from 512 on.
 * @param statistics what is polled that no stream tells.
 */
public record GatewaySettings(
        RestSettings rest,
        StreamSettings streams,
        InstrumentSettings instruments,
        TransportSettings transport,
        ClockSettings clock,
        int slotLength,
        StatisticsSettings statistics) {

    /** Slot length that rings have by default. */
    public static final int DEFAULT_SLOT_LENGTH = 1024;

    /** Checks the ranges. */
    public GatewaySettings {
        Checks.range("slotLength", slotLength, 512, 64 * 1024);
        if (slotLength % 64 != 0) {
            throw new IllegalArgumentException(
                    "slotLength=" + slotLength + " is not a multiple of 64: give it the ring's slot length");
        }
    }

    /**
     * Returns settings for a venue, everything else as a production venue has it.
     *
     * @param restUri base of the REST interface.
     * @param publicUri base of the streams of books.
     * @param marketUri base of the other streams.
     * @param instruments which are followed.
     * @return the settings.
     */
    public static GatewaySettings of(URI restUri, URI publicUri, URI marketUri, InstrumentSettings instruments) {
        return new GatewaySettings(
                RestSettings.of(restUri),
                StreamSettings.of(publicUri, marketUri),
                instruments,
                TransportSettings.defaults(),
                ClockSettings.DEFAULT,
                DEFAULT_SLOT_LENGTH,
                StatisticsSettings.OFF);
    }

    /** Returns these settings with other streams. */
    public GatewaySettings with(StreamSettings newStreams) {
        return new GatewaySettings(rest, newStreams, instruments, transport, clock, slotLength, statistics);
    }

    /** Returns these settings with another transport. */
    public GatewaySettings with(TransportSettings newTransport) {
        return new GatewaySettings(rest, streams, instruments, newTransport, clock, slotLength, statistics);
    }

    /** Returns these settings with another REST interface. */
    public GatewaySettings with(RestSettings newRest) {
        return new GatewaySettings(newRest, streams, instruments, transport, clock, slotLength, statistics);
    }

    /** Returns these settings with another clock. */
    public GatewaySettings with(ClockSettings newClock) {
        return new GatewaySettings(rest, streams, instruments, transport, newClock, slotLength, statistics);
    }

    /** Returns these settings with another polling. */
    public GatewaySettings with(StatisticsSettings newStatistics) {
        return new GatewaySettings(rest, streams, instruments, transport, clock, slotLength, newStatistics);
    }
}
