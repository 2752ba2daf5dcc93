import { constraintOf, statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { ContactEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  alreadyExists,
  badInput,
  checkText,
  command,
  ensure,
  isUuid,
  nestedList,
  notFound,
  readPage,
  versionConflict,
  wellFormed,
  type AlreadyExists,
  type BulkOutcome,
  type IdempotencyConflict,
  type ListArgs,
  type Page,
  type Scopes,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { findPlace } from "../place/place";
import { checkOwner, importContacts, ownerOf } from "./contact.import";
import type { AddContactInput, ContactReadingsArgs, ImportContactsInput, RemoveContactInput, UpdateContactInput } from "./contact.inputs";
import { CONTACT_COLUMNS, contactList, readingList } from "./contact.lists";
import {
  CONTACT_KEEPERS,
  canKeepContacts,
  canKnowContact,
  canReadContact,
  canReadReadings,
  readingRole,
  scopesOfContact,
  type Owner,
} from "./contact.policy";
import type { ContactRemoved } from "./contact.results";
import { checkContact } from "./contact.rules";
import type { Contact, ContactReading } from "./contact.type";
import { isTaken, maskedValue, publishedValue, readValue, sealedValue, standIn } from "./contact.values";

const BY_ID = statement("contact_by_id", `SELECT ${CONTACT_COLUMNS} FROM contact c WHERE c.id = $1::uuid`);
const LOCKED = statement("contact_locked", `${BY_ID.text} FOR UPDATE`);
const OWNERS_ONCE = new Set(["contact_once_in_community", "contact_once_in_organisation", "contact_once_in_appointment"]);
const OWNERS = ["communityId", "organisationId", "appointmentId"] as const satisfies readonly (keyof Owner)[];

const below = (link: string) =>
  nestedList<Context, ListArgs, Contact>({ query: ({ viewer }) => contactList(viewer), link, parentType: "uuid" });
const ofCommunity = below("c.community_id = parent.id");
const ofOrganisation = below("c.organisation_id = parent.id");
const ofAppointment = below("c.appointment_id = parent.id");

/** What a contact says, for the audit: everything but its value. */
const valuesOf = ({ communityId, organisationId, appointmentId, kind, purpose, label, published }: Contact) => ({
  communityId,
  organisationId,
  appointmentId,
  kind,
  purpose,
  label,
  published,
});

/** Reads and writes contacts. */
export class ContactService {
  constructor(private readonly context: Context) {}

  ofCommunity(id: string, args: ListArgs): Promise<Page<Contact>> {
    return this.context.load(ofCommunity, { parent: id, args });
  }

  ofOrganisation(id: string, args: ListArgs): Promise<Page<Contact>> {
    return this.context.load(ofOrganisation, { parent: id, args });
  }

  ofAppointment(id: string, args: ListArgs): Promise<Page<Contact>> {
    return this.context.load(ofAppointment, { parent: id, args });
  }

  masked(id: string): Promise<string | null> {
    return maskedValue(this.context, id);
  }

  async full(contact: Contact): Promise<string | null> {
    if (contact.published) return publishedValue(this.context, contact.id);
    const { viewer } = this.context;
    const scopes = (await this.scopes(contact)) ?? [];
    if (!canReadContact(viewer, scopes)) return null;
    return readValue(this.context, { id: contact.id, role: readingRole(viewer, scopes) });
  }

  async readings(args: ContactReadingsArgs): Promise<Page<ContactReading>> {
    ensure(this.context.viewer, canReadReadings(this.context.viewer));
    if (args.contactId) wellFormed(args.contactId);
    const problems = (["issuer", "subject"] as const).flatMap((field) => checkText(field, args[field], { most: 500 }));
    if (problems.length > 0) throw badInput(problems);
    return readPage<ContactReading>(this.context, readingList(args), args);
  }

  async add(input: AddContactInput): Promise<Contact | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const owner = ownerOf(input);
    const one = OWNERS.filter((field) => owner[field] !== null).length === 1;
    const scopes = one ? await this.scopes(owner) : null;
    ensure(context.viewer, canKeepContacts(context.viewer, scopes ?? []));
    const problems = [...checkContact(input), ...checkOwner(owner, scopes)];
    if (problems.length > 0) throw badInput(problems);
    const { keys } = context.database;
    const { kind, purpose, published, value } = input;
    const remembered = { ...input, value: standIn(keys, value) };
    return this.uniquely(() =>
      command<Contact | AlreadyExists>(context, "addContact", this.role(scopes!), remembered, async (tx) => {
        const id = uuidv7();
        if (await isTaken(tx, keys, { id, kind, ...owner }, value)) return tx.rollback(alreadyExists("value"));
        const label = input.label ?? null;
        await tx.manager.insert(ContactEntity, { id, ...owner, kind, purpose, label, published, ...sealedValue(keys, id, kind, value) });
        const contact = await readBack(tx, id);
        tx.audit({ action: "create", concept: "contact", entityId: id, before: null, after: valuesOf(contact) });
        return contact;
      }),
    );
  }

  async update(input: UpdateContactInput): Promise<Contact | VersionConflict | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const { contact, scopes } = await this.kept(input.id);
    const { keys } = context.database;
    const { value, ...rest } = input;
    const remembered = value == null ? rest : { ...rest, value: standIn(keys, value) };
    return this.uniquely(() =>
      command<Contact | VersionConflict | AlreadyExists>(context, "updateContact", this.role(scopes), remembered, async (tx) => {
        const [stored] = await tx.rows<Contact>(LOCKED, [contact.id]);
        if (!stored) throw notFound("Contact");
        if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
        const changes = {
          purpose: input.purpose ?? stored.purpose,
          label: input.label === undefined ? stored.label : input.label,
          published: input.published ?? stored.published,
        };
        const problems = checkContact({ kind: stored.kind, ...changes, value: value ?? "", unchanged: value == null });
        if (problems.length > 0) throw badInput(problems);
        if (value != null && (await isTaken(tx, keys, stored, value))) return tx.rollback(alreadyExists("value"));
        await tx.manager.update(
          ContactEntity,
          { id: stored.id },
          { ...changes, ...(value != null && sealedValue(keys, stored.id, stored.kind, value)) },
        );
        const after = await readBack(tx, stored.id);
        const note = { ...valuesOf(after), valueChanged: value != null };
        tx.audit({ action: "update", concept: "contact", entityId: stored.id, before: valuesOf(stored), after: note });
        return after;
      }),
    );
  }

  async remove(input: RemoveContactInput): Promise<ContactRemoved | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    if (!isUuid(input.id)) throw notFound("Contact");
    // a replay comes when there is nothing left to look at: who may is decided again only while it is there
    const { scopes } = await this.kept(input.id, input.idempotencyKey != null);
    return command<ContactRemoved | VersionConflict>(context, "removeContact", this.role(scopes), input, async (tx) => {
      const [stored] = await tx.rows<Contact>(LOCKED, [input.id]);
      if (!stored) throw notFound("Contact");
      if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
      await tx.manager.delete(ContactEntity, { id: stored.id });
      tx.audit({ action: "remove", concept: "contact", entityId: stored.id, before: valuesOf(stored), after: null });
      return { __typename: "ContactRemoved" as const, id: stored.id };
    });
  }

  import(input: ImportContactsInput): Promise<BulkOutcome | IdempotencyConflict> {
    return importContacts(this.context, input, (owner) => this.scopes(owner));
  }

  private role(scopes: Scopes) {
    return actingRole(this.context.viewer, CONTACT_KEEPERS, scopes);
  }

  /** A contact that the viewer may change, and its scopes. One that they may not know of looks missing. */
  private async kept(id: string, mayBeGone = false): Promise<{ contact: Contact; scopes: Scopes }> {
    const { viewer } = this.context;
    const [contact] = isUuid(id) ? await this.context.rows<Contact>(BY_ID, [id]) : [];
    ensure(viewer, viewer.subject !== "anonymous");
    if (!contact && mayBeGone) return { contact: { id } as Contact, scopes: [] };
    if (!contact) throw notFound("Contact");
    const scopes = (await this.scopes(contact)) ?? [];
    if (!contact.published && !canKnowContact(viewer, scopes)) throw notFound("Contact");
    ensure(viewer, canKeepContacts(viewer, scopes));
    return { contact, scopes };
  }

  /** The scopes that reach an owner; null where there is none, or an appointment that the viewer does not see. */
  private async scopes(owner: Owner): Promise<Scopes | null> {
    const lies = owner.appointmentId === null ? owner : await this.context.appointments.byId(owner.appointmentId);
    const place = lies && (await findPlace(this.context, lies));
    return place && scopesOfContact(place, place.region?.scopeCodes ?? []);
  }

  private async uniquely<R>(work: () => Promise<R>): Promise<R | AlreadyExists> {
    try {
      return await work();
    } catch (error) {
      if (OWNERS_ONCE.has(constraintOf(error)?.constraint ?? "")) return alreadyExists("value");
      throw error;
    }
  }
}

async function readBack(tx: CommandTransaction, id: string): Promise<Contact> {
  const [row] = await tx.rows<Contact>(BY_ID, [id]);
  return { ...row!, __typename: "Contact" as const };
}
