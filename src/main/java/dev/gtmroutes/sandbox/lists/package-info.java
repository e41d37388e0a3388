// SPDX-License-Identifier: Apache-2.0
/**
 * The lists that vendors let one read page by page, from vendors' documents alone: nothing here is shared with the
 * sources that read them. What a record is follows from its number, so that a list of any size costs no memory.
 */
package dev.gtmroutes.sandbox.lists;
