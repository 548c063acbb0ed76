package io.smtpra.ra.outbound.form;

import io.smtpra.MailContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What must change in a mail, part by part, so that it is what a next hop takes; found out before the first octet goes.
 */
final class MailSurvey implements MimeReader.Listener {

    private final FormDemands demands;
    private final List<Part> parts = new ArrayList<>();
    private boolean signed;
    private long lineLength;

    private MailSurvey(FormDemands demands) {
        this.demands = demands;
    }

    /**
     * Looks through a mail.
     *
     * @param buffer where it is read to
     * @throws UnencodableException if it cannot be changed
     */
    static MailSurvey of(MailContent content, FormDemands demands, byte[] buffer)
            throws IOException, UnencodableException {
        MailSurvey survey = new MailSurvey(demands);
        try (InputStream in = content.open()) {
            new MimeReader(in, buffer, survey).run();
        }
        for (Part part : survey.parts) {
            survey.decide(part);
        }
        return survey;
    }

    /** How to write an entity's body. */
    BodyChange change(MimeEntity entity) {
        return parts.get(entity.index).change;
    }

    /** Whether the mail has a signature over all of it (RFC 6376). */
    boolean isSigned() {
        return signed;
    }

    /** Whether there are octets above 127 in the body of the entity, or of one in it. */
    boolean isEightBit(MimeEntity entity) {
        return parts.get(entity.index).eightBit;
    }

    /** What encoding a container says when its parts have been encoded; a leaf says its own. */
    boolean changesContainer(MimeEntity entity) {
        return entity.kind != MimeEntity.Kind.LEAF && (demands.sevenBit() && isEightBit(entity)
                || demands.noBinary() && entity.encoding.equals("binary"));
    }

    @Override
    public void header(MimeEntity entity, List<String> lines, boolean withEmptyLine) {
        parts.add(new Part(entity));
        signed |= entity.index == 0 && MimeEntity.field(lines, "DKIM-Signature").isPresent();
        // The header of a part is in the body of what it is part of.
        if (entity.parent.isPresent() && lines.stream().anyMatch(line -> line.chars().anyMatch(c -> c > 127))) {
            eightBit(entity.parent.get());
        }
        lineLength = 0;
    }

    @Override
    public void text(MimeEntity entity, byte[] octets, int from, int to) {
        Part part = parts.get(entity.index);
        lineLength += to - from;
        part.longLine |= lineLength > ContentScan.MAX_LINE;
        for (int i = from; i < to && !part.eightBitText; i++) {
            if (octets[i] < 0) {
                part.eightBitText = true;
                eightBit(entity);
            }
        }
    }

    @Override
    public void lineEnd(MimeEntity entity, byte[] octets) {
        lineLength = 0;
    }

    @Override
    public void end(MimeEntity entity) {
        lineLength = 0;
    }

    @Override
    public void delimiter(byte[] octets, int from, int to, boolean afterLineEnd) {
        lineLength = 0;
    }

    private void eightBit(MimeEntity entity) {
        MimeEntity above = entity;
        while (!parts.get(above.index).eightBit) {
            parts.get(above.index).eightBit = true;
            if (above.parent.isEmpty()) {
                return;
            }
            above = above.parent.get();
        }
    }

    private void decide(Part part) throws UnencodableException {
        MimeEntity entity = part.entity;
        boolean eightBit = demands.sevenBit() && part.eightBitText;
        boolean binary = demands.noBinary() && entity.encoding.equals("binary") && entity.kind == MimeEntity.Kind.LEAF;
        boolean longLine = demands.shortLines() && part.longLine;
        if (!eightBit && !binary && !longLine) {
            return;
        }
        if (signed) {
            throw new UnencodableException("it is signed (DKIM-Signature), and the signature would break");
        }
        if (entity.signed) {
            throw new UnencodableException("a part of it is signed, and the signature would break");
        }
        if (entity.kind != MimeEntity.Kind.LEAF) {
            throw new UnencodableException("the octets in question stand outside its parts");
        }
        part.change = BodyChange.of(entity, eightBit);
    }

    /** What was seen of an entity, and what follows from it. */
    private static final class Part {

        private final MimeEntity entity;
        private boolean eightBit;
        private boolean eightBitText;
        private boolean longLine;
        private BodyChange change = BodyChange.NONE;

        Part(MimeEntity entity) {
            this.entity = entity;
        }
    }
}
