package dev.gtmroutes.export;

/** Says to a person what will be done next for a window. */
final class NextAction {

    private NextAction() {
    }

    static String of(ExportWindow window) {
        return switch (window.state()) {
            case WAITING -> "start a job" + (window.retryAt() == null ? " when its last day is over and a job is free"
                    : ", not before " + window.retryAt());
            case QUEUED, RUNNING -> "ask for the state of job " + window.job();
            case DOWNLOADING -> "fetch fragments of job " + window.job() + ", "
                    + (window.fragments() - window.done().cardinality()) + " of " + window.fragments() + " are left";
            case DELIVERED -> "none";
        };
    }
}
