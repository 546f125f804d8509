package io.millrace.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
    @Test
    void shouldUseDefaultsWhenNothingIsGiven() {
        Config config = ConfigLoader.parse("", "test");

        assertEquals(2048, config.engine().ringSlots());
        assertEquals("auto", config.engine().topology());
        assertEquals(List.of("BTCUSDT", "ETHUSDT"), config.venue().symbols());
        assertEquals(-1, config.engine().cores().feed());
    }

    @Test
    void shouldKeepOtherDefaultsWhenOneKeyIsGiven() {
        Config config = ConfigLoader.parse("engine:\n  cores:\n    feed: 3\n", "test");

        assertEquals(3, config.engine().cores().feed());
        assertEquals(-1, config.engine().cores().book());
        assertEquals(ConfigLoader.defaults().journal(), config.journal());
    }

    @Test
    void shouldReadBackWhatItPrints() {
        Config config = ConfigLoader.parse("engine: {topology: fused, ringSlots: 64}\nvenue: {symbols: []}", "test");

        assertEquals(config, ConfigLoader.parse(ConfigLoader.toYaml(config), "printed"));
    }

    @Test
    void shouldTradeRealMoneyOnlyWhenSaidInSoManyWords() {
        String yaml = "trading: {mode: live, maxTotalNotional: 500, liveStatement: '%s'}";

        assertThrows(
                ConfigException.class,
                () -> ConfigLoader.parse(yaml.formatted("trade real money, at most 1000 USDT"), "test"));
        assertTrue(ConfigLoader.parse(yaml.formatted("trade real money, at most 500 USDT"), "test")
                .trading()
                .hasAccount());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "engine: {ringSlot: 64}                    | unknown key engine.ringSlot, did you mean engine.ringSlots?",
                "motor: {}                                 | unknown key motor, known here: engine, journal, venue",
                "engine: {ringSlots: 32}                   | engine.ringSlots=32 slots is below 64, use at least that",
                "engine: {ringSlots: 100}                  | engine.ringSlots=100 slots is not a power of two, use 128",
                "engine: {slotLengthBytes: 1000}           | is not a multiple of 64, use 1024",
                "engine: {ringSlots: many}                 | engine.ringSlots=\"many\" is not a whole number",
                "engine: {ringSlots: 99999999999}          | engine.ringSlots=99999999999 slots is above 1048576",
                "engine: {topology: fussed}                | engine.topology=fussed is not one of auto, single, fused",
                "engine: 3                                 | engine is a section",
                "venue: {symbols: BTCUSDT}                 | is not a list, write [A, B]",
                "venue: {streams: [depths]}                | did you mean depth?",
                "venue: {restUri: 'fapi.binance.com'}      | does not begin with https:// or http://",
                "venue: {trustAllCertificates: yes please} | is not true or false",
                "venue: {trustAllCertificates: true}       | is refused for venue.publicUri host fstream.binance.com",
                "trading: {mode: live}                     | needs trading.liveStatement=\"trade real money, at most 1000 USDT\"",
                "trading: {mode: testnet}                  | is the venue where real money is: name the testnet's addresses",
                "trading: {mode: live, wsApiUri: 'ws://x'} | would send keys and orders to ws://x without TLS: use wss://",
                "journal: {criticalWatermarkMib: 4096}     | must be below journal.lowWatermarkMib=4096",
                "'engine: {ringSlots: 64, ringSlots: 64}'  | Duplicate field",
                "'engine: ['                               | test:1:10: not YAML",
            })
    void shouldNameKeyValueAndCureWhenRefusing(String yaml, String expected) {
        ConfigException refused = assertThrows(ConfigException.class, () -> ConfigLoader.parse(yaml.strip(), "test"));

        assertTrue(refused.getMessage().startsWith("test:"), refused.getMessage());
        assertTrue(refused.getMessage().contains(expected.strip()), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
    }

    @Test
    void shouldSayWhatToDoWhenTheFileIsMissing() {
        ConfigException refused =
                assertThrows(ConfigException.class, () -> ConfigLoader.load(Path.of("no-such-file.yaml")));

        assertTrue(refused.getMessage().contains("no-such-file.yaml does not exist"), refused.getMessage());
    }

    @Test
    void shouldDescribeEveryKey() {
        assertDescribed(Config.class, "");
    }

    private static void assertDescribed(Class<?> section, String path) {
        for (RecordComponent component : section.getRecordComponents()) {
            String name = path + component.getName();
            Key key = component.getAnnotation(Key.class);
            assertTrue(key != null && key.value().endsWith("."), name + " lacks a @Key with a sentence");
            if (component.getType().isRecord()) {
                assertDescribed(component.getType(), name + ".");
            } else {
                assertTrue(!key.byDefault().isEmpty(), name + " lacks a default");
            }
        }
    }
}
