package io.smtpra.ra.outbound.transaction;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The transactions that a managed connection has mail for, and the one that it is associated with now. Normally there
 * is one; a server that interleaves transactions may have suspended others.
 */
public final class Branches {

    private final Map<BranchId, Branch> byId = new HashMap<>();
    private Optional<Branch> current = Optional.empty();

    /** The one that it is associated with now. */
    public synchronized Optional<Branch> current() {
        return current;
    }

    synchronized Optional<Branch> find(BranchId id) {
        return Optional.ofNullable(byId.get(id));
    }

    synchronized void add(BranchId id, Branch branch) {
        byId.put(id, branch);
    }

    synchronized void associate(Branch branch) {
        current = Optional.of(branch);
    }

    synchronized void dissociate(Branch branch) {
        if (current.filter(associated -> associated == branch).isPresent()) {
            current = Optional.empty();
        }
    }

    /** Associates it with none. */
    public synchronized void dissociate() {
        current = Optional.empty();
    }

    /** Forgets a transaction that ends. */
    synchronized Optional<Branch> remove(BranchId id) {
        Optional<Branch> branch = Optional.ofNullable(byId.remove(id));
        branch.ifPresent(this::dissociate);
        return branch;
    }
}
