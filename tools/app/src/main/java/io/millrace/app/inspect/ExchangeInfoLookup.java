package io.millrace.app.inspect;

import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.codecs.binance.ExchangeInfoReader;
import io.millrace.codecs.binance.InstrumentSelection;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.codecs.value.Streams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The venue's description of its contracts from a file, instead of grids found in the capture. */
final class ExchangeInfoLookup {
    private ExchangeInfoLookup() {}

    /**
     * Returns the instruments of some symbols, ids in their order.
     *
     * @param file exchangeInfo as the venue answers it, perhaps with gzip.
     * @param symbols wanted.
     */
    static List<InstrumentSpec> specs(Path file, List<String> symbols) {
        byte[] json;
        try {
            json = Files.readAllBytes(file);
            if (file.toString().endsWith(".gz")) {
                json = new GZIPInputStream(new ByteArrayInputStream(json)).readAllBytes();
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.ENVIRONMENT, "cannot read --exchange-info " + file + ": " + e, e);
        }
        List<InstrumentSpec> specs;
        try {
            specs = ExchangeInfoReader.read(
                    json, new InstrumentTable(), InstrumentSelection.of(symbols, (1 << Streams.COUNT) - 1));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.ENVIRONMENT, "--exchange-info " + file + ": " + e.getMessage(), e);
        }
        for (String symbol : symbols) {
            if (specs.stream().noneMatch(spec -> spec.symbol().equals(symbol))) {
                throw new CommandFailure(
                        ExitCodes.USAGE,
                        "symbol " + symbol + " of the capture is not in --exchange-info " + file
                                + ": use the one of that day, or leave it out");
            }
        }
        return specs;
    }
}
