package io.millrace.codecs.binance;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.regex.Pattern;

/** Says in one line what a JSON body is wrong with; Jackson's own text puts the position into a second one. */
final class JsonErrors {
    /** That Jackson does not show the source is no news. */
    private static final Pattern SOURCE = Pattern.compile("Source: [^;\\]]*; ?");

    private JsonErrors() {}

    /**
     * Describes an error.
     *
     * @param error of the parser.
     * @return reason and position, one line.
     */
    static String oneLine(IOException error) {
        String text = error.getMessage();
        String position = "";
        if (error instanceof JsonProcessingException json) {
            text = json.getOriginalMessage();
            JsonLocation at = json.getLocation();
            position = at == null ? "" : ", line " + at.getLineNr() + " column " + at.getColumnNr();
        }
        return SOURCE.matcher(String.valueOf(text)).replaceAll("").replaceAll("\\s+", " ") + position;
    }
}
