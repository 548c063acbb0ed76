package io.smtpra.web.answer;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** What the page sends, as a JSON object whose members are what they must be. */
public final class RequestBody {

    /** Enough for an answer that somebody has typed, and for the text that it quotes. */
    private static final int LARGEST = 2 << 20;

    private final JsonObject object;

    private RequestBody(JsonObject object) {
        this.object = object;
    }

    public static RequestBody of(InputStream body) {
        try {
            byte[] octets = body.readNBytes(LARGEST + 1);
            if (octets.length > LARGEST) {
                throw Problem.exception(Status.REQUEST_ENTITY_TOO_LARGE, "At most " + LARGEST + " octets");
            }
            try (JsonReader reader = Json.createReader(new ByteArrayInputStream(octets))) {
                return new RequestBody(reader.readObject());
            }
        } catch (JsonException | IOException e) {
            throw new IllegalArgumentException("The body is no JSON object", e);
        }
    }

    public boolean flag(String name) {
        JsonValue value = object.getOrDefault(name, JsonValue.FALSE);
        if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
            throw new IllegalArgumentException("'" + name + "' is true or false");
        }
        return value == JsonValue.TRUE;
    }

    public String text(String name) {
        if (object.get(name) instanceof JsonString text) {
            return text.getString();
        }
        throw new IllegalArgumentException("'" + name + "' is a text");
    }

    public List<String> texts(String name) {
        if (object.get(name) instanceof jakarta.json.JsonArray array && !array.isEmpty()
                && array.stream().allMatch(JsonString.class::isInstance)) {
            return array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
        }
        throw new IllegalArgumentException("'" + name + "' is a list of at least one text");
    }
}
