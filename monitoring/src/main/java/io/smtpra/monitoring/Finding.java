package io.smtpra.monitoring;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a check has found, as it finds it. */
final class Finding {

    private final String check;
    private final Map<String, Object> data = new LinkedHashMap<>();
    private boolean good = true;

    Finding(String check) {
        this.check = check;
    }

    /** Says something: texts and whole numbers. */
    Finding with(String name, Object value) {
        data.put(name, value);
        return this;
    }

    /** All is well only if this is. */
    Finding must(boolean right) {
        good = good && right;
        return this;
    }

    String check() {
        return check;
    }

    boolean isGood() {
        return good;
    }

    Map<String, Object> data() {
        return data;
    }
}
