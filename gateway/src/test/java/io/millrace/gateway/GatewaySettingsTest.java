package io.millrace.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.gateway.clock.ClockSettings;
import io.millrace.gateway.marketdata.InstrumentSettings;
import io.millrace.gateway.marketdata.StreamSettings;
import io.millrace.gateway.rest.RestSettings;
import io.millrace.gateway.transport.TransportSettings;
import io.millrace.gateway.transport.Trust;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GatewaySettingsTest {
    private static final URI PUBLIC = URI.create("wss://example.org/public");
    private static final URI MARKET = URI.create("wss://example.org/market");
    private static final URI REST = URI.create("https://example.org");

    @Test
    void shouldAcceptTheVenuesLimitsExactlyAndRefuseOneMore() {
        Duration second = Duration.ofSeconds(1);
        assertEquals(1024, new StreamSettings.Limits(1024, 10, 200, 8192, second).streamsPerConnection());
        assertRefused(
                "streams.limits.streamsPerConnection=1025",
                () -> new StreamSettings.Limits(1025, 10, 100, 4096, second));
        assertRefused(
                "streams.limits.messagesPerSecond=11", () -> new StreamSettings.Limits(200, 11, 100, 4096, second));
        assertRefused("streams.limits.streamsPerRequest=0", () -> new StreamSettings.Limits(200, 10, 0, 4096, second));
    }

    @Test
    void shouldNameSettingValueAndLimitWhenAValueIsWrong() {
        assertRefused("rest.uri=ftp://example.org", () -> RestSettings.of(URI.create("ftp://example.org")));
        assertRefused(
                "rest.weightReserve=2000", () -> new RestSettings(REST, 1, Duration.ofSeconds(1), 2000, 2000, 1 << 20));
        assertRefused("streams.publicUri=https://example.org", () -> StreamSettings.of(REST, MARKET));
        assertRefused(
                "streams.depthSpeed=1s", () -> StreamSettings.of(PUBLIC, MARKET).withDepthSpeed("1s"));
        assertRefused(
                "transport.certificate", () -> TransportSettings.defaults().withTrust(Trust.CERTIFICATE, null));
        assertRefused(
                "transport.initialBufferBytes=4096",
                () -> TransportSettings.defaults().withBuffers(4096, 65536, 1024));
        assertRefused("instruments.classes is empty", () -> new InstrumentSettings(List.of(), Duration.ofHours(1)));
        assertRefused("instruments.classes.streams=0", () -> InstrumentSettings.of(List.of("BTCUSDT"), 0));
        assertRefused(
                "clock.tickInterval=PT0S",
                () -> new ClockSettings(Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(1)));
        GatewaySettings settings =
                GatewaySettings.of(REST, PUBLIC, MARKET, InstrumentSettings.of(List.of("BTCUSDT"), 1));
        assertRefused(
                "slotLength=1000",
                () -> new GatewaySettings(
                        settings.rest(),
                        settings.streams(),
                        settings.instruments(),
                        settings.transport(),
                        settings.clock(),
                        1000,
                        settings.statistics()));
    }

    @Test
    void shouldNameTheFileWhenTheCertificateCannotBeRead() {
        TransportSettings settings =
                TransportSettings.defaults().withTrust(Trust.CERTIFICATE, Path.of("/nowhere/cert.pem"));
        assertRefused("/nowhere/cert.pem", () -> new io.millrace.gateway.transport.Tls(settings));
    }

    private static void assertRefused(String expected, Executable action) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(message.contains(expected), message);
    }
}
