package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.TlsFacts;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.ra.sasl.SaslText;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** {@code EXTERNAL} (RFC 4422 appendix A): the certificate that the client showed in TLS. */
final class ExternalExchange implements SaslExchange {

    @Override
    public Step answer(byte[] response, SmtpSession session) {
        Optional<String> authorizationId = SaslText.text(response);
        if (authorizationId.filter(id -> id.isEmpty() || SaslText.isName(id)).isEmpty()) {
            return new Step.Malformed();
        }
        List<X509Certificate> chain =
                session.transport().tlsFacts().map(TlsFacts::peerCertificates).orElseGet(List::of);
        return new Step.Complete(new ClientCredentials.Certificate(authorizationId.filter(id -> !id.isEmpty()), chain));
    }
}
