// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.util.List;

/** An edit that was not made: nothing was written. Its message is one line for a person. */
public final class RefusedEdit extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why, by the HTTP status that says so. */
    public enum Kind {
        /** Flows cannot be changed here. */
        FORBIDDEN(403, "Forbidden"),
        /** There is no such flow. */
        UNKNOWN(404, "Not Found"),
        /** The file cannot be changed like this. */
        CONFLICT(409, "Conflict"),
        /** The file is another one by now. */
        CHANGED(412, "Precondition Failed"),
        /** What was asked for has mistakes. */
        INVALID(422, "Unprocessable Content"),
        /** The disk does not take it. */
        NOT_WRITTEN(500, "Internal Server Error");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        /** What HTTP calls the status. */
        public String title() {
            return title;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }

    private final Kind kind;
    private final transient List<FieldFinding> findings;

    private RefusedEdit(Kind kind, String message, List<FieldFinding> findings) {
        super(message);
        this.kind = kind;
        this.findings = List.copyOf(findings);
    }

    /** Refuses an edit. @param message one line for a person */
    public static RefusedEdit of(Kind kind, String message) {
        return new RefusedEdit(kind, message, List.of(new FieldFinding("", message)));
    }

    /** @throws RefusedEdit if there is any finding */
    static void ifAny(List<FieldFinding> findings) throws RefusedEdit {
        if (!findings.isEmpty()) {
            throw new RefusedEdit(Kind.INVALID, findings.size() == 1 ? findings.get(0).message()
                    : findings.size() + " fields have mistakes", findings);
        }
    }

    public Kind kind() {
        return kind;
    }

    /** What is wrong, by field. */
    public List<FieldFinding> findings() {
        return findings;
    }
}
