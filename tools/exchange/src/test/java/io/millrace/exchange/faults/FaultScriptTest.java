package io.millrace.exchange.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.userdata.PrivateEventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultScriptTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReadListAndRatesFromYaml() throws IOException {
        Path file = directory.resolve("faults.yaml");
        Files.writeString(file, """
                seed: 7
                faults:
                  - {kind: answer_late, method: order.place, delay: 500ms, after: 2s, for: 1m, chance: 0.5, door: ws_api}
                  - {kind: GAP, symbol: BTCUSDT, stream: '@depth@100ms', skip: 20, count: 2}
                  - {kind: EVENT_LOST, account: client, event: ORDER_TRADE_UPDATE}
                  - {kind: FLASH_CRASH, percent: -7.5, lasting: true}
                random: {everything: 6, HALTED: 0, TIMEOUT: 30, for: 10s}
                """);
        FaultScript script = FaultScript.read(file);
        assertEquals(
                List.of(
                        TradingFault.delayAnswer("order.place", 500)
                                .afterMs(2000)
                                .forMs(60_000)
                                .chance(0.5)
                                .on(FaultDoor.WS_API),
                        Fault.of(FaultKind.GAP)
                                .on("BTCUSDT")
                                .on(StreamKind.DEPTH_100MS)
                                .after(20)
                                .times(2),
                        TradingFault.loseEvent().onAccount("client").on(PrivateEventType.ORDER_TRADE_UPDATE),
                        Fault.of(FaultKind.FLASH_CRASH).with("percent", "-7.5").with("lasting", true)),
                script.faults());
        assertEquals(7, script.seed());
        assertEquals(Map.of(FaultKind.HALTED, 0.0, FaultKind.TIMEOUT, 30.0), script.perHour());
        assertEquals(6, script.everythingPerHour());
        assertEquals(10_000, script.randomForMs());
        assertTrue(script.isRandom());
        assertFalse(FaultScript.parse("[{\"kind\":\"DROP\"}]").isRandom());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{kind: NONSENSE}]",
                "[{kind: DROP, colour: 1}]",
                "[{kind: DROP, delay: 1}]",
                "[{symbol: BTCUSDT}]",
                "[{kind: DROP, stream: '@x'}]",
                "[{kind: EVENT_LOST, event: x}]",
                "[{kind: ANSWER_LOST, door: x}]",
                "[{kind: ANSWER_LOST, executes: perhaps}]",
                "[{kind: ANSWER_LATE, delay: soon}]",
                "[{kind: ANSWER_LATE, after: -1s}]",
                "[{kind: ANSWER_LATE, chance: 0}]",
                "[{kind: ANSWER_LATE, count: 0}]",
                "[{kind: ANSWER_LATE, skip: many}]",
                "[{kind: HALTED, status: TRADING}]",
                "[{kind: LIQUIDITY_HOLE, keep: 0}]",
                "{fault: []}",
                "{random: {everything: -1}}",
                "{random: {NONSENSE: 1}}",
                "7",
                "{"
            })
    void shouldSayInOneLineWhatIsWrong(String text) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> FaultScript.parse(text));
        assertTrue(refusal.getMessage().length() > 10);
        assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"250, 250", "250ms, 250", "2s, 2000", "1.5s, 1500", "5m, 300000", "1h, 3600000"})
    void shouldReadDurations(String text, long ms) {
        assertEquals(ms, FaultParameter.durationMs("after", text));
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveUsualParametersWithinTheirRanges(FaultKind kind) {
        Fault fault = Fault.of(kind);
        for (FaultParameter parameter : kind.parameters()) {
            assertEquals(
                    fault.text(parameter.name()),
                    fault.with(parameter.name(), parameter.usual()).text(parameter.name()));
            assertFalse(parameter.meaning().isBlank());
        }
        assertTrue(fault.count() >= 1);
        assertFalse(kind.effect().isBlank());
    }

    @Test
    void shouldHitAllWithinATimeUnlessACountIsGiven() {
        Fault late = TradingFault.delayAnswer("order.place", 10);
        assertEquals(1, late.count());
        assertEquals(Long.MAX_VALUE, late.forMs(1000).count());
        assertEquals(3, late.forMs(1000).times(3).count());
        assertThrows(IllegalArgumentException.class, () -> late.times(0));
    }
}
