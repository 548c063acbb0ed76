package io.smtpra.ra.sasl;

import java.util.function.Supplier;

/** A token that is kept until it expires. */
public interface RenewableToken extends Supplier<String> {

    /** It was refused: the next one asked for is another. */
    void refused();
}
