package io.smtpra.ra.authenticity.dkim;

import io.smtpra.idna.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A signature as it stands in the mail (RFC 6376 section 3.5).
 *
 * @param algorithm what signed
 * @param domain who signed, in ASCII
 * @param selector which of the domain's keys
 * @param header the form of the header
 * @param body the form of the body
 * @param signedHeaders the names of what is signed, in small letters
 * @param bodyLength how much of the body is signed, if not all
 * @param bodyHash what the body's hash must be
 * @param signature the signature
 * @param identity for whom the domain has signed
 * @param expires when it ends, in seconds since 1970
 */
record SignatureTags(
        SignatureAlgorithm algorithm,
        String domain,
        String selector,
        Canonicalization header,
        Canonicalization body,
        List<String> signedHeaders,
        OptionalLong bodyLength,
        byte[] bodyHash,
        byte[] signature,
        String identity,
        OptionalLong expires) {

    /** More fields than a mail has. */
    private static final int MAX_HEADERS = 500;
    private static final int SHA256_OCTETS = 32;
    private static final int MAX_NAME = 200;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,76}");

    /** Checks the tags, each for itself and against the others (section 6.1.1). */
    static SignatureTags of(TagList tags) throws DkimFault {
        if (!tags.required("v").equals("1")) {
            throw DkimFault.permanent("it is of a version that is not known");
        }
        String domain = domain(tags).orElseThrow(() -> DkimFault.unreadable("d= is no domain"));
        String selector = selector(tags).orElseThrow(() -> DkimFault.unreadable("s= is no selector"));
        SignatureAlgorithm algorithm = algorithm(tags.required("a"));
        Canonicalization[] forms = forms(tags.get("c").orElse("simple/simple"));
        List<String> headers = headers(tags.required("h"));
        checkMethod(tags.get("q").orElse("dns/txt"));
        byte[] bodyHash = TagList.base64("bh", tags.required("bh"));
        if (bodyHash.length != SHA256_OCTETS) {
            throw DkimFault.unreadable("bh= is not as long as a hash");
        }
        return new SignatureTags(algorithm, domain, selector, forms[0], forms[1], headers,
                number(tags, "l"), bodyHash, TagList.base64("b", tags.required("b")), identity(tags, domain),
                expiry(tags));
    }

    /** The domain, where it is one; U-labels are read as A-labels (RFC 8616 section 4). */
    static Optional<String> domain(TagList tags) {
        return tags.get("d").flatMap(SignatureTags::name).filter(name -> name.indexOf('.') > 0);
    }

    static Optional<String> selector(TagList tags) {
        return tags.get("s").flatMap(SignatureTags::name);
    }

    private static Optional<String> name(String text) {
        try {
            return Optional.of(DomainName.parse(text).ascii());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SignatureAlgorithm algorithm(String keyword) throws DkimFault {
        return SignatureAlgorithm.of(keyword).orElseThrow(() -> DkimFault.permanent(
                keyword.equalsIgnoreCase("rsa-sha1")
                        ? "rsa-sha1 is not to be relied on any more (RFC 8301)" : "its algorithm is not known"));
    }

    private static Canonicalization[] forms(String text) throws DkimFault {
        String[] names = text.split("/", -1);
        if (names.length > 2) {
            throw DkimFault.unreadable("c= names more than two forms");
        }
        // A form of the body that is not named is simple.
        return new Canonicalization[] {form(names[0]), names.length == 1 ? Canonicalization.SIMPLE : form(names[1])};
    }

    private static Canonicalization form(String name) throws DkimFault {
        for (Canonicalization form : Canonicalization.values()) {
            if (form.keyword().equalsIgnoreCase(name.trim())) {
                return form;
            }
        }
        throw DkimFault.permanent("c= names a form that is not known");
    }

    private static List<String> headers(String text) throws DkimFault {
        String[] names = TagList.withoutWhiteSpace(text).split(":", MAX_HEADERS + 1);
        if (names.length > MAX_HEADERS) {
            throw DkimFault.permanent("h= names more than " + MAX_HEADERS + " fields");
        }
        List<String> headers = new ArrayList<>(names.length);
        for (String name : names) {
            if (!isHeaderName(name)) {
                throw DkimFault.unreadable("h= names what is no field");
            }
            headers.add(name.toLowerCase(Locale.ROOT));
        }
        if (!headers.contains("from")) {
            throw DkimFault.permanent("From is not signed");
        }
        return headers;
    }

    /** RFC 5322 section 3.6.8; there is no colon in it, for that is what separates names. */
    private static boolean isHeaderName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) > '~') {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= MAX_NAME;
    }

    private static void checkMethod(String methods) throws DkimFault {
        for (String method : methods.split(":")) {
            if (method.trim().equalsIgnoreCase("dns/txt")) {
                return;
            }
        }
        throw DkimFault.permanent("q= names no way to the key that is known");
    }

    /** For whom: the domain or one below it. */
    private static String identity(TagList tags, String domain) throws DkimFault {
        Optional<String> written = tags.get("i");
        if (written.isEmpty()) {
            return "@" + domain;
        }
        int at = written.get().lastIndexOf('@');
        String of = at < 0 ? "" : name(written.get().substring(at + 1)).orElse("");
        if (of.isEmpty()) {
            throw DkimFault.unreadable("i= has no domain");
        }
        if (!of.equals(domain) && !of.endsWith("." + domain)) {
            throw DkimFault.permanent("i= is of another domain than d=");
        }
        return written.get().substring(0, at + 1) + of;
    }

    private static OptionalLong expiry(TagList tags) throws DkimFault {
        OptionalLong signed = number(tags, "t");
        OptionalLong expires = number(tags, "x");
        if (signed.isPresent() && expires.isPresent() && expires.getAsLong() <= signed.getAsLong()) {
            throw DkimFault.permanent("x= is not later than t=");
        }
        return expires;
    }

    private static OptionalLong number(TagList tags, String name) throws DkimFault {
        Optional<String> text = tags.get(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!NUMBER.matcher(text.get()).matches()) {
            throw DkimFault.unreadable(name + "= is no number");
        }
        // What is longer than any time or body is as good as the longest.
        return OptionalLong.of(text.get().length() > 18 ? Long.MAX_VALUE : Long.parseLong(text.get()));
    }
}
