// SPDX-License-Identifier: Apache-2.0
/** Records in a store on the disk, by their keys: a flow keeps a list in it, and other flows look their records up there. */
package dev.gtmroutes.lookup;
