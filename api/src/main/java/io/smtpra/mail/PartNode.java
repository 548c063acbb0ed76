package io.smtpra.mail;

import java.util.List;

/**
 * Where a part is within its mail: positions of octets, counted from the mail's beginning.
 *
 * @param kind what it holds
 * @param start where its header begins
 * @param header the octets of its header, without the empty line behind; of one past the limit nothing
 * @param bodyStart where its body begins
 * @param end behind the last octet of its body; the line end before a boundary belongs to the boundary
 * @param defaultType its type if it does not say one (RFC 2046 sections 5.1 and 5.1.5)
 * @param children the parts of a multipart, or the one message of a message
 */
record PartNode(
        Kind kind, long start, byte[] header, long bodyStart, long end, String defaultType, List<PartNode> children) {

    enum Kind {
        /** Content of its own. */
        LEAF,
        /** Parts between boundaries. */
        MULTIPART,
        /** A message within the message. */
        MESSAGE,
        /** A multipart without a single boundary: to be shown as the text that it is. */
        TEXT,
        /** Past a limit: nobody looks into it. */
        OPAQUE
    }
}
