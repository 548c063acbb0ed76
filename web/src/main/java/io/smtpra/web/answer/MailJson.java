package io.smtpra.web.answer;

import io.smtpra.ejb.store.MailEntry;
import io.smtpra.ejb.store.MailPage;
import io.smtpra.ejb.store.SenderProof;
import io.smtpra.ejb.store.StoredPart;
import io.smtpra.ejb.store.StoredVerdict;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Mails as the page reads them. */
public final class MailJson {

    private MailJson() {
    }

    public static JsonObject page(MailPage page) {
        JsonArrayBuilder mails = Json.createArrayBuilder();
        page.mails().forEach(mail -> mails.add(entry(mail)));
        return Json.createObjectBuilder()
                .add("mails", mails)
                .add("next", orNull(page.next()))
                .add("total", page.total())
                .add("unread", page.unread())
                .build();
    }

    public static JsonObjectBuilder entry(MailEntry mail) {
        MailEntry.Origin origin = mail.origin();
        return Json.createObjectBuilder()
                .add("id", mail.id())
                .add("received", mail.received().toString())
                .add("from", mail.author())
                .add("envelopeFrom", orNull(mail.reversePath()))
                .add("recipients", texts(mail.recipients()))
                .add("subject", mail.subject())
                .add("preview", mail.preview())
                .add("size", mail.size())
                .add("read", mail.seen())
                .add("attachments", mail.attachments())
                .add("tls", origin.tlsProtocol().<JsonValue>map(protocol -> Json.createObjectBuilder()
                        .add("protocol", protocol).add("cipher", origin.tlsCipher().orElse("")).build())
                        .orElse(JsonValue.NULL))
                .add("authenticatedUser", orNull(origin.user()))
                .add("peer", origin.peer())
                .add("sender", orNull(mail.sender().map(SenderProof::text)));
    }

    public static JsonObject verdict(StoredVerdict verdict) {
        return Json.createObjectBuilder()
                .add("method", verdict.method())
                .add("result", verdict.result())
                .add("domain", verdict.domain())
                .add("reason", verdict.reason())
                .build();
    }

    public static JsonObject part(StoredPart part) {
        return Json.createObjectBuilder()
                .add("number", part.number())
                .add("name", part.name())
                .add("type", part.type())
                .add("size", part.size())
                .add("contentId", orNull(part.contentId()))
                .add("inline", part.role() == StoredPart.Role.INLINE)
                .build();
    }

    public static JsonArray texts(Collection<String> texts) {
        return Json.createArrayBuilder(List.copyOf(texts)).build();
    }

    public static JsonValue orNull(Optional<String> text) {
        return text.<JsonValue>map(Json::createValue).orElse(JsonValue.NULL);
    }
}
