package io.smtpra;

import java.io.Serializable;
import java.util.Objects;

/**
 * The recipient as the author wrote it, before forwarding: {@code ORCPT} (RFC 3461 section 4.2).
 *
 * @param addressType mostly {@code rfc822}
 * @param address the address, decoded from its xtext form
 */
public record OriginalRecipient(String addressType, String address) implements Serializable {

    /**
     * Refuses nulls and control characters.
     *
     * @throws IllegalArgumentException if a part is empty or has a control character
     */
    public OriginalRecipient {
        Objects.requireNonNull(addressType, "addressType");
        Objects.requireNonNull(address, "address");
        if (addressType.isEmpty() || !addressType.chars().allMatch(c -> c > 32 && c < 127 && c != ';')) {
            throw new IllegalArgumentException("The address type of an original recipient is a word, as rfc822");
        }
        if (address.isEmpty() || address.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("The address of an original recipient has no control characters");
        }
    }
}
