package io.smtpra.ra.outbound.form;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a mail as it was read, but for what a survey has found must change. */
final class MailEncoder implements MimeReader.Listener {

    private static final String ENCODING = "Content-Transfer-Encoding";
    private static final byte[] CRLF = {'\r', '\n'};

    private final OutputStream out;
    private final MailSurvey survey;
    private final FormDemands demands;
    /** Where the body of the entity that is being read goes. */
    private OutputStream body;

    MailEncoder(OutputStream out, MailSurvey survey, FormDemands demands) {
        this.out = out;
        this.survey = survey;
        this.demands = demands;
        this.body = out;
    }

    @Override
    public void header(MimeEntity entity, List<String> lines, boolean withEmptyLine)
            throws IOException, UnencodableException {
        EncodedHeader encoded = new EncodedHeader(demands, entity.signed || survey.isSigned() && entity.index > 0,
                entity.index == 0 ? DkimSignatures.of(lines) : DkimSignatures.NONE);
        for (String line : changed(entity, lines)) {
            out.write(encoded.of(line).getBytes(StandardCharsets.ISO_8859_1));
            out.write(CRLF);
        }
        if (withEmptyLine) {
            out.write(CRLF);
        }
        body = survey.change(entity).encoder(out);
    }

    @Override
    public void text(MimeEntity entity, byte[] octets, int from, int to) throws IOException {
        body.write(octets, from, to - from);
    }

    @Override
    public void lineEnd(MimeEntity entity, byte[] octets) throws IOException {
        body.write(octets);
    }

    @Override
    public void end(MimeEntity entity) throws IOException {
        if (body != out) {
            body.flush();
            body = out;
        }
    }

    @Override
    public void delimiter(byte[] octets, int from, int to, boolean afterLineEnd) throws IOException {
        if (afterLineEnd) {
            out.write(CRLF);
        }
        out.write(octets, from, to - from);
        out.write(CRLF);
    }

    /** The header with what the new encoding must say in it. */
    private List<String> changed(MimeEntity entity, List<String> lines) {
        BodyChange change = survey.change(entity);
        Optional<String> encoding = survey.changesContainer(entity)
                ? Optional.of(demands.sevenBit() ? "7bit" : "8bit") : change.encoding();
        if (encoding.isEmpty()) {
            return lines;
        }
        List<String> changed = new ArrayList<>(lines.size() + 3);
        boolean mime = entity.index > 0 || MimeEntity.field(lines, "MIME-Version").isPresent();
        if (!mime) {
            changed.add("MIME-Version: 1.0");
        }
        lines.stream().filter(line -> MimeEntity.field(List.of(line), ENCODING).isEmpty()).forEach(changed::add);
        if (!mime && survey.isEightBit(entity) && MimeEntity.field(lines, "Content-Type").isEmpty()) {
            // RFC 1428 section 3: nobody has said what the octets above 127 mean.
            changed.add("Content-Type: text/plain; charset=unknown-8bit");
        }
        changed.add(ENCODING + ": " + encoding.get());
        return changed;
    }
}
