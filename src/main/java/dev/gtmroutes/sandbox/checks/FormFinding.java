// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

/**
 * What became of trying a request, or its body, on one form.
 *
 * @param records how many records the body holds
 * @param refusal why it is refused; null = it is not
 * @param foreign whether it says itself that another form is meant: a body where none is taken, none where one is,
 *                an attribute or a query of another form, or not the attribute that holds the records of this form
 */
record FormFinding(int records, RequestRefusal refusal, boolean foreign) {

    FormFinding refusedFor(RequestRefusal other, boolean ofAnotherForm) {
        return new FormFinding(records, other, foreign || ofAnotherForm);
    }
}
