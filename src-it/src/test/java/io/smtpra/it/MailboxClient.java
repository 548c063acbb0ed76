package io.smtpra.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The mailbox's REST interface, as its page uses it, with the session of one user. */
final class MailboxClient {

    private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(20)).build();
    private final String root;

    /** Somebody who has not logged in. */
    MailboxClient(int httpPort) {
        root = "http://" + Ports.LOOPBACK + ":" + httpPort + "/mail/";
    }

    /** Logs in by the form, and returns the answer. */
    HttpResponse<String> logIn(String user, String password) throws IOException, InterruptedException {
        return http.send(request("j_security_check").header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("j_username=" + encoded(user) + "&j_password="
                        + encoded(password))).build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> octets(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<InputStream> stream(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofInputStream());
    }

    /** Does something as the page does. */
    HttpResponse<String> change(String verb, String path, String json) throws IOException, InterruptedException {
        return http.send(request(path).header("X-Requested-By", "smtp-ra").header("Content-Type", "application/json")
                .method(verb, BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
    }

    /** Does something as a form of another site could. */
    HttpResponse<String> changeFromElsewhere(String verb, String path, String json)
            throws IOException, InterruptedException {
        return http.send(request(path).header("Content-Type", "application/json")
                .method(verb, BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
    }

    JsonObject json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return json(answer);
    }

    static JsonObject json(HttpResponse<String> answer) {
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    /** The mails that a search finds. */
    List<JsonObject> found(String words) throws IOException, InterruptedException {
        return json("api/mails?limit=200&q=" + encoded(words)).getJsonArray("mails").getValuesAs(JsonObject.class);
    }

    /** Waits for a mail that a search finds. */
    JsonObject await(String words) {
        return Await.value("a mail with " + words, () -> {
            try {
                return found(words).stream().findFirst();
            } catch (IOException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(60));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
