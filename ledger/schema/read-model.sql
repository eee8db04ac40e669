-- The tables that queries are asked of, generated from ledger/kinds by `aidledger kinds generate`.
-- The types are PostgreSQL's; in SQLite they are INTEGER and TEXT. Dates are text, and days since
-- 1970-01-01 beside it; money is fen; persons and other subjects are the seq of the entry that
-- names them first.

CREATE TABLE entry (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  leafHash BYTEA NOT NULL,
  subtreeHashes BYTEA NOT NULL,
  PRIMARY KEY (ledger, seq),
  UNIQUE (ledger, source, id)
);

CREATE TABLE subject (
  ledger BIGINT NOT NULL,
  pseudonym TEXT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (ledger, pseudonym)
);

CREATE TABLE envelope__attachments (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  role TEXT NOT NULL,
  mediaType TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE access_revealed (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT,
  entry BIGINT,
  "by" TEXT NOT NULL,
  reason TEXT NOT NULL,
  "case" TEXT,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE access_revealed__fields (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE aid_applied (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  aidType TEXT NOT NULL,
  requestedFen BIGINT,
  channel TEXT NOT NULL,
  receivedOn TEXT NOT NULL,
  receivedOnDay BIGINT NOT NULL,
  acceptedOn TEXT,
  acceptedOnDay BIGINT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE aid_applied__claims (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE aid_approved (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  category TEXT NOT NULL,
  aidType TEXT NOT NULL,
  application_source TEXT,
  application_id TEXT,
  year BIGINT NOT NULL,
  baseFen BIGINT NOT NULL,
  grossFen BIGINT,
  deductibleAppliedFen BIGINT,
  amountFen BIGINT NOT NULL,
  approver TEXT NOT NULL,
  approvingDepartment TEXT NOT NULL,
  approvedOn TEXT NOT NULL,
  approvedOnDay BIGINT NOT NULL,
  resolution_source TEXT,
  resolution_id TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE aid_approved__claims (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE aid_approved__offsets (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  entry_source TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  amountFen BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE aid_paid (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  approval_source TEXT,
  approval_id TEXT,
  claim_source TEXT,
  claim_id TEXT,
  person BIGINT NOT NULL,
  amountFen BIGINT NOT NULL,
  fund TEXT NOT NULL,
  fromAccount TEXT NOT NULL,
  channel TEXT NOT NULL,
  payee_account BIGINT,
  payee_relation TEXT NOT NULL,
  payee_authorisation TEXT,
  paidOn TEXT NOT NULL,
  paidOnDay BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE aid_refused (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  application_source TEXT NOT NULL,
  application_id TEXT NOT NULL,
  decidedOn TEXT NOT NULL,
  decidedOnDay BIGINT NOT NULL,
  reason TEXT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE audit_concluded (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  year BIGINT NOT NULL,
  fund TEXT NOT NULL,
  "by" TEXT NOT NULL,
  docNo TEXT NOT NULL,
  summary TEXT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE case_closed (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  "case" TEXT NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE case_noted (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  "case" TEXT NOT NULL,
  note TEXT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE case_noted__entries (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE case_opened (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  "case" TEXT NOT NULL,
  summary TEXT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE case_opened__subjects (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  person BIGINT,
  institution TEXT,
  account BIGINT,
  operator TEXT,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE case_opened__findings (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE case_reopened (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  "case" TEXT NOT NULL,
  reason TEXT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE channel_published (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  channel TEXT NOT NULL,
  publishedOn TEXT NOT NULL,
  publishedOnDay BIGINT NOT NULL,
  "where" TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE checkpoint_anchored (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  origin TEXT NOT NULL,
  size BIGINT NOT NULL,
  rootHash TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE checkpoint_cosigned (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  origin TEXT NOT NULL,
  size BIGINT NOT NULL,
  rootHash TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE checkpoint_timestamped (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  origin TEXT NOT NULL,
  size BIGINT NOT NULL,
  rootHash TEXT NOT NULL,
  note TEXT NOT NULL,
  token TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE claim_settled (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  category TEXT NOT NULL,
  scheme TEXT NOT NULL,
  enrolledArea TEXT NOT NULL,
  benefitYear BIGINT NOT NULL,
  institution TEXT NOT NULL,
  visit_type TEXT NOT NULL,
  visit_admissionNo TEXT,
  visit_admittedOn TEXT NOT NULL,
  visit_admittedOnDay BIGINT NOT NULL,
  visit_dischargedOn TEXT NOT NULL,
  visit_dischargedOnDay BIGINT NOT NULL,
  visit_diagnosis TEXT NOT NULL,
  visit_periodFrom TEXT,
  visit_periodFromDay BIGINT,
  visit_periodTo TEXT,
  visit_periodToDay BIGINT,
  visit_month TEXT,
  visit_settlement TEXT NOT NULL,
  visit_settlementNo TEXT,
  invoiceNo TEXT NOT NULL,
  settledAt TEXT NOT NULL,
  settledAtSeconds BIGINT NOT NULL,
  channel TEXT NOT NULL,
  claimedOn TEXT,
  claimedOnDay BIGINT,
  referral TEXT NOT NULL,
  referralRef_source TEXT,
  referralRef_id TEXT,
  depositFen BIGINT,
  payLaterSigned BIGINT,
  fees_registrationFen BIGINT,
  fees_consultationFen BIGINT,
  fees_drugsFen BIGINT,
  fees_drugsAtCostFen BIGINT,
  fees_pharmacyListFen BIGINT,
  amounts_totalFen BIGINT NOT NULL,
  amounts_compliantFen BIGINT NOT NULL,
  amounts_ownExpenseFen BIGINT NOT NULL,
  amounts_overLimitFen BIGINT NOT NULL,
  amounts_advanceSelfPayFen BIGINT NOT NULL,
  amounts_basicPaidFen BIGINT NOT NULL,
  amounts_majorIllnessPaidFen BIGINT NOT NULL,
  amounts_employeeLargePaidFen BIGINT,
  amounts_civilServantPaidFen BIGINT,
  amounts_enterprisePaidFen BIGINT,
  amounts_medicalAidPaidFen BIGINT NOT NULL,
  amounts_secondAidPaidFen BIGINT,
  amounts_tiltAidPaidFen BIGINT,
  amounts_targetedFundPaidFen BIGINT,
  amounts_charityPaidFen BIGINT,
  amounts_supplementPaidFen BIGINT,
  amounts_hospitalBorneFen BIGINT,
  amounts_accountPaidFen BIGINT,
  amounts_accountMutualPaidFen BIGINT,
  amounts_cashPaidFen BIGINT NOT NULL,
  amounts_deductibleAppliedFen BIGINT,
  amounts_majorIllnessBaseFen BIGINT,
  amounts_majorIllnessDeductibleAppliedFen BIGINT,
  amounts_aidDeductibleAppliedFen BIGINT,
  amounts_aidOffsetFen BIGINT,
  amounts_medicalAidAdvancedFen BIGINT,
  amounts_medicalAidAdvancedBy TEXT,
  payee_account BIGINT,
  payee_relation TEXT,
  payee_authorisation TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE claim_settled__identityShown (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE clearing_paid (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  request_source TEXT NOT NULL,
  request_id TEXT NOT NULL,
  fromAccount TEXT NOT NULL,
  paidFen BIGINT NOT NULL,
  disallowedFen BIGINT NOT NULL,
  disallowedReason TEXT,
  prepaymentAppliedFen BIGINT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE clearing_requested (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  institution TEXT NOT NULL,
  period TEXT NOT NULL,
  amountFen BIGINT NOT NULL,
  fund TEXT NOT NULL,
  receivedOn TEXT NOT NULL,
  receivedOnDay BIGINT NOT NULL,
  claimCount BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE clearing_requested__claims (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE complaint_accepted (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  complaint_source TEXT NOT NULL,
  complaint_id TEXT NOT NULL,
  acceptedOn TEXT NOT NULL,
  acceptedOnDay BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE complaint_closed (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  complaint_source TEXT NOT NULL,
  complaint_id TEXT NOT NULL,
  closedOn TEXT NOT NULL,
  closedOnDay BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE complaint_received (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  about_person BIGINT,
  about_institution TEXT,
  about_operator TEXT,
  channel TEXT NOT NULL,
  summary TEXT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE duty_assigned (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  function TEXT NOT NULL,
  body_department TEXT NOT NULL,
  validFrom TEXT NOT NULL,
  validFromDay BIGINT NOT NULL,
  docNo TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE eligibility_certified (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  category TEXT NOT NULL,
  body_department TEXT NOT NULL,
  certifiedArea TEXT NOT NULL,
  basis TEXT NOT NULL,
  appliedOn TEXT,
  appliedOnDay BIGINT,
  validFrom TEXT NOT NULL,
  validFromDay BIGINT NOT NULL,
  validTo TEXT,
  validToDay BIGINT,
  docNo TEXT NOT NULL,
  notifiedOn TEXT,
  notifiedOnDay BIGINT,
  systemUpdatedOn TEXT,
  systemUpdatedOnDay BIGINT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE eligibility_ended (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  category TEXT NOT NULL,
  endedOn TEXT NOT NULL,
  endedOnDay BIGINT NOT NULL,
  reason TEXT NOT NULL,
  notifiedOn TEXT,
  notifiedOnDay BIGINT,
  systemUpdatedOn TEXT,
  systemUpdatedOnDay BIGINT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE enrolment_recorded (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  year BIGINT NOT NULL,
  scheme TEXT NOT NULL,
  enrolledArea TEXT NOT NULL,
  coverFrom TEXT NOT NULL,
  coverFromDay BIGINT NOT NULL,
  coverTo TEXT NOT NULL,
  coverToDay BIGINT NOT NULL,
  paidBy TEXT NOT NULL,
  midYear BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE enrolment_refunded (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  year BIGINT NOT NULL,
  amountFen BIGINT NOT NULL,
  "to" TEXT NOT NULL,
  fund TEXT,
  reason TEXT NOT NULL,
  refundedOn TEXT NOT NULL,
  refundedOnDay BIGINT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE enrolment_subsidised (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  year BIGINT NOT NULL,
  scheme TEXT NOT NULL,
  category TEXT NOT NULL,
  form TEXT NOT NULL,
  premiumFen BIGINT NOT NULL,
  subsidyFen BIGINT NOT NULL,
  personPaidFen BIGINT NOT NULL,
  fund TEXT NOT NULL,
  approvedOn TEXT NOT NULL,
  approvedOnDay BIGINT NOT NULL,
  coverFrom TEXT,
  coverFromDay BIGINT,
  batch_source TEXT,
  batch_id TEXT,
  topUpOf_source TEXT,
  topUpOf_id TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE entitlement_certified (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  entitlement TEXT NOT NULL,
  diseaseCode TEXT,
  certificateNo TEXT,
  validFrom TEXT NOT NULL,
  validFromDay BIGINT NOT NULL,
  validTo TEXT,
  validToDay BIGINT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE entry_reversed (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  reverses_source TEXT NOT NULL,
  reverses_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE evaluation_concluded (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  year BIGINT NOT NULL,
  fund TEXT NOT NULL,
  "by" TEXT NOT NULL,
  thirdParty BIGINT NOT NULL,
  scoreBasisPoints BIGINT NOT NULL,
  grade TEXT NOT NULL,
  docNo TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE evaluation_concluded__usedFor (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE exception_granted (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  rule TEXT NOT NULL,
  subject_source TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  "by" TEXT NOT NULL,
  docNo TEXT NOT NULL,
  reason TEXT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE fund_balance_stated (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  account TEXT NOT NULL,
  asOf TEXT NOT NULL,
  asOfDay BIGINT NOT NULL,
  bookFen BIGINT NOT NULL,
  bankFen BIGINT NOT NULL,
  docNo TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE fund_budgeted (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  fund TEXT NOT NULL,
  year BIGINT NOT NULL,
  month BIGINT,
  version TEXT NOT NULL,
  purpose TEXT NOT NULL,
  amountFen BIGINT NOT NULL,
  docNo TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE fund_received (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  fund TEXT NOT NULL,
  fundSource TEXT NOT NULL,
  year BIGINT NOT NULL,
  amountFen BIGINT NOT NULL,
  docNo TEXT NOT NULL,
  forArea TEXT,
  fromArea TEXT,
  toAccount TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE fund_transferred (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  fromAccount TEXT NOT NULL,
  toAccount TEXT NOT NULL,
  purpose TEXT NOT NULL,
  amountFen BIGINT NOT NULL,
  year BIGINT NOT NULL,
  headCount BIGINT,
  request_source TEXT,
  request_id TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE hold_lifted (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  hold_source TEXT NOT NULL,
  hold_id TEXT NOT NULL,
  "by" TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE hold_placed (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  subject TEXT NOT NULL,
  "case" TEXT NOT NULL,
  "by" TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE import_finished (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  lines BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  duplicates BIGINT NOT NULL,
  rejected BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE index_committed (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  name TEXT NOT NULL,
  scope TEXT,
  size BIGINT NOT NULL,
  items BIGINT NOT NULL,
  rootHash TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE inspection_answered (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  inspection TEXT NOT NULL,
  number TEXT NOT NULL,
  unit TEXT NOT NULL,
  accepts BIGINT NOT NULL,
  statement TEXT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE inspection_found (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  inspection TEXT NOT NULL,
  number TEXT NOT NULL,
  body_department TEXT NOT NULL,
  body_area TEXT NOT NULL,
  finding TEXT,
  summary TEXT NOT NULL,
  amountFen BIGINT,
  deadline TEXT NOT NULL,
  deadlineDay BIGINT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE inspection_found__basis (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE inspection_found__entries (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE inspection_held (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  inspection TEXT NOT NULL,
  level TEXT NOT NULL,
  year BIGINT NOT NULL,
  fromDate TEXT NOT NULL,
  fromDateDay BIGINT NOT NULL,
  toDate TEXT NOT NULL,
  toDateDay BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE inspection_held__areas (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE inspection_held__departments (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE inspection_rectified (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  inspection TEXT NOT NULL,
  number TEXT NOT NULL,
  rectifiedOn TEXT NOT NULL,
  rectifiedOnDay BIGINT NOT NULL,
  evidence TEXT NOT NULL,
  acceptedBy TEXT,
  acceptedOn TEXT,
  acceptedOnDay BIGINT,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE institution_designated (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  institution_code TEXT NOT NULL,
  institution_name TEXT NOT NULL,
  institution_level BIGINT NOT NULL,
  institution_area TEXT NOT NULL,
  institution_type TEXT NOT NULL,
  designatedFrom TEXT NOT NULL,
  designatedFromDay BIGINT NOT NULL,
  designatedTo TEXT,
  designatedToDay BIGINT,
  agreementNo TEXT NOT NULL,
  keyMonitoring BIGINT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE institution_designated__services (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE institution_designated__oneStop (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  scope TEXT NOT NULL,
  "from" TEXT NOT NULL,
  fromDay BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE insurer_checked (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  insurer TEXT NOT NULL,
  "by" TEXT NOT NULL,
  checkedOn TEXT NOT NULL,
  checkedOnDay BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  summary TEXT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE insurer_engaged (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  insurer_code TEXT NOT NULL,
  insurer_name TEXT NOT NULL,
  scheme TEXT NOT NULL,
  fromDate TEXT NOT NULL,
  fromDateDay BIGINT NOT NULL,
  toDate TEXT NOT NULL,
  toDateDay BIGINT NOT NULL,
  contractNo TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE key_registered (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  holder TEXT NOT NULL,
  vkey TEXT NOT NULL,
  validFrom TEXT NOT NULL,
  validFromDay BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE key_rotated (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  oldVkey TEXT NOT NULL,
  newVkey TEXT NOT NULL,
  oldSignature TEXT NOT NULL,
  newSignature TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE ledger_created (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  origin TEXT NOT NULL,
  nonce TEXT NOT NULL,
  profile TEXT NOT NULL,
  vkey TEXT NOT NULL,
  timeZone TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE list_shared (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  purpose TEXT NOT NULL,
  fromDepartment TEXT NOT NULL,
  toDepartment TEXT NOT NULL,
  period TEXT NOT NULL,
  count BIGINT NOT NULL,
  added BIGINT NOT NULL,
  removed BIGINT NOT NULL,
  sha256 TEXT,
  sharedOn TEXT NOT NULL,
  sharedOnDay BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE means_checked (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  application_source TEXT NOT NULL,
  application_id TEXT NOT NULL,
  system TEXT NOT NULL,
  checkedOn TEXT NOT NULL,
  checkedOnDay BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  householdSize BIGINT NOT NULL,
  incomePerHeadFen BIGINT NOT NULL,
  medicalBurdenFen BIGINT NOT NULL,
  assetsMeet BIGINT NOT NULL,
  hukouArea TEXT NOT NULL,
  referenceYear BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE offset_booked (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  fromFund TEXT NOT NULL,
  toFund TEXT NOT NULL,
  periodFrom TEXT,
  periodFromDay BIGINT,
  periodTo TEXT,
  periodToDay BIGINT,
  amountFen BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE offset_booked__claims (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE parameter_set (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  name TEXT NOT NULL,
  year BIGINT,
  valueFen BIGINT,
  valueCount BIGINT,
  basisPoints BIGINT,
  valueDate TEXT,
  valueDateDay BIGINT,
  category TEXT,
  scheme TEXT,
  visitType TEXT,
  institutionLevel BIGINT,
  fund TEXT,
  indicator TEXT,
  validFrom TEXT,
  validFromDay BIGINT,
  validTo TEXT,
  validToDay BIGINT,
  clause TEXT,
  docNo TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE parameter_set__valueCode (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE parameter_set__tiers (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  fromFen BIGINT NOT NULL,
  toFen BIGINT,
  basisPoints BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE payment_returned (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  payment_source TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  amountFen BIGINT NOT NULL,
  returnedOn TEXT NOT NULL,
  returnedOnDay BIGINT NOT NULL,
  reason TEXT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE person_died (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  diedOn TEXT NOT NULL,
  diedOnDay BIGINT NOT NULL,
  noticeFrom TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE person_erased (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  docNo TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE person_merged (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  "from" BIGINT NOT NULL,
  "into" BIGINT NOT NULL,
  reason TEXT NOT NULL,
  docNo TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE person_registered (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  household BIGINT,
  phone BIGINT,
  address BIGINT,
  idType TEXT NOT NULL,
  idCheck TEXT NOT NULL,
  sex TEXT NOT NULL,
  birthYear BIGINT,
  hukouArea TEXT,
  residenceArea TEXT,
  version BIGINT NOT NULL,
  sealed TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE policy_adopted (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  rulebook TEXT NOT NULL,
  version TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  effectiveFrom TEXT NOT NULL,
  effectiveFromDay BIGINT NOT NULL,
  docNo TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE premium_collected (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  year BIGINT NOT NULL,
  scheme TEXT NOT NULL,
  amountFen BIGINT NOT NULL,
  paidOn TEXT NOT NULL,
  paidOnDay BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE prepayment_made (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  institution TEXT NOT NULL,
  amountFen BIGINT NOT NULL,
  fund TEXT NOT NULL,
  fromAccount TEXT NOT NULL,
  agreementNo TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE prepayment_returned (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  institution TEXT NOT NULL,
  amountFen BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE progress_circulated (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  period TEXT NOT NULL,
  docNo TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE publicity_held (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  application_source TEXT NOT NULL,
  application_id TEXT NOT NULL,
  fromDate TEXT NOT NULL,
  fromDateDay BIGINT NOT NULL,
  toDate TEXT NOT NULL,
  toDateDay BIGINT NOT NULL,
  place TEXT NOT NULL,
  objections BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE publicity_objected (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  publicity_source TEXT NOT NULL,
  publicity_id TEXT NOT NULL,
  receivedOn TEXT NOT NULL,
  receivedOnDay BIGINT NOT NULL,
  summary TEXT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE publicity_resolved (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  objection_source TEXT NOT NULL,
  objection_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  resolvedOn TEXT NOT NULL,
  resolvedOnDay BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE recovery_received (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT,
  institution TEXT,
  fund TEXT NOT NULL,
  toAccount TEXT NOT NULL,
  nature TEXT NOT NULL,
  amountFen BIGINT NOT NULL,
  reason TEXT NOT NULL,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE recovery_received__relatesTo (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE referral_filed (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  type TEXT NOT NULL,
  fromInstitution TEXT,
  toInstitution TEXT NOT NULL,
  filedOn TEXT NOT NULL,
  filedOnDay BIGINT NOT NULL,
  approvedOn TEXT,
  approvedOnDay BIGINT,
  validTo TEXT,
  validToDay BIGINT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE report_issued (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  report TEXT NOT NULL,
  parameters TEXT NOT NULL,
  size BIGINT NOT NULL,
  rootHash TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE resolution_adopted (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  body TEXT NOT NULL,
  number TEXT NOT NULL,
  heldOn TEXT NOT NULL,
  heldOnDay BIGINT NOT NULL,
  docNo TEXT,
  sealed TEXT,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE resolution_adopted__departments (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  department TEXT NOT NULL,
  signatory TEXT NOT NULL,
  signature TEXT,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE resolution_adopted__items (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  person BIGINT NOT NULL,
  year BIGINT NOT NULL,
  capFen BIGINT NOT NULL,
  approvedYearTotalFen BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE review_concluded (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  period TEXT,
  expertCount BIGINT NOT NULL,
  reviewedFen BIGINT NOT NULL,
  acceptedFen BIGINT NOT NULL,
  rejectedFen BIGINT NOT NULL,
  heldOn TEXT NOT NULL,
  heldOnDay BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE review_concluded__claims (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE review_concluded__organisers (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (ledger, seq, position)
);

CREATE TABLE source_totalled (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  recordKind TEXT NOT NULL,
  periodFrom TEXT NOT NULL,
  periodFromDay BIGINT NOT NULL,
  periodTo TEXT NOT NULL,
  periodToDay BIGINT NOT NULL,
  count BIGINT NOT NULL,
  amountFen BIGINT NOT NULL,
  firstId TEXT,
  lastId TEXT,
  statedBy TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE subsidy_requested (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  year BIGINT NOT NULL,
  scheme TEXT NOT NULL,
  headCount BIGINT NOT NULL,
  amountFen BIGINT NOT NULL,
  fund TEXT NOT NULL,
  headCountApprovedOn TEXT NOT NULL,
  headCountApprovedOnDay BIGINT NOT NULL,
  requestedOn TEXT NOT NULL,
  requestedOnDay BIGINT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE warning_answered (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  warning_source TEXT NOT NULL,
  warning_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE warning_raised (
  ledger BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  area TEXT NOT NULL,
  occurredOn TEXT NOT NULL,
  occurredOnDay BIGINT NOT NULL,
  operator TEXT NOT NULL,
  department TEXT,
  occurredAt TEXT,
  occurredAtSeconds BIGINT,
  corrects_source TEXT,
  corrects_id TEXT,
  recordedAt TEXT NOT NULL,
  recordedAtSeconds BIGINT NOT NULL,
  person BIGINT NOT NULL,
  warning TEXT NOT NULL,
  burdenFen BIGINT NOT NULL,
  pushedOn TEXT NOT NULL,
  pushedOnDay BIGINT NOT NULL,
  toDepartment TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
);

CREATE TABLE verdict (
  ledger BIGINT NOT NULL,
  person BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  year BIGINT NOT NULL,
  area TEXT NOT NULL,
  verdict TEXT NOT NULL,
  expectedFen BIGINT,
  expectedMostFen BIGINT,
  reperformedFen BIGINT,
  actualFen BIGINT NOT NULL,
  medicalAidFen BIGINT,
  secondAidFen BIGINT,
  tiltAidFen BIGINT,
  targetedFundFen BIGINT,
  hospitalFen BIGINT,
  basicFen BIGINT,
  majorIllnessFen BIGINT,
  basicVerdict TEXT,
  majorIllnessVerdict TEXT,
  breach TEXT,
  breachRule TEXT,
  rulebooks TEXT NOT NULL,
  rules TEXT NOT NULL,
  missing TEXT NOT NULL,
  PRIMARY KEY (ledger, person, seq)
);

CREATE VIEW live_access_revealed AS SELECT * FROM access_revealed
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = access_revealed.ledger
    AND reversal.reverses_source = access_revealed.source
    AND reversal.reverses_id = access_revealed.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_aid_applied AS SELECT * FROM aid_applied
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = aid_applied.ledger
    AND reversal.reverses_source = aid_applied.source
    AND reversal.reverses_id = aid_applied.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_aid_approved AS SELECT * FROM aid_approved
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = aid_approved.ledger
    AND reversal.reverses_source = aid_approved.source
    AND reversal.reverses_id = aid_approved.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_aid_paid AS SELECT * FROM aid_paid
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = aid_paid.ledger
    AND reversal.reverses_source = aid_paid.source
    AND reversal.reverses_id = aid_paid.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_aid_refused AS SELECT * FROM aid_refused
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = aid_refused.ledger
    AND reversal.reverses_source = aid_refused.source
    AND reversal.reverses_id = aid_refused.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_audit_concluded AS SELECT * FROM audit_concluded
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = audit_concluded.ledger
    AND reversal.reverses_source = audit_concluded.source
    AND reversal.reverses_id = audit_concluded.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_case_closed AS SELECT * FROM case_closed
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = case_closed.ledger
    AND reversal.reverses_source = case_closed.source
    AND reversal.reverses_id = case_closed.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_case_noted AS SELECT * FROM case_noted
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = case_noted.ledger
    AND reversal.reverses_source = case_noted.source
    AND reversal.reverses_id = case_noted.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_case_opened AS SELECT * FROM case_opened
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = case_opened.ledger
    AND reversal.reverses_source = case_opened.source
    AND reversal.reverses_id = case_opened.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_case_reopened AS SELECT * FROM case_reopened
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = case_reopened.ledger
    AND reversal.reverses_source = case_reopened.source
    AND reversal.reverses_id = case_reopened.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_channel_published AS SELECT * FROM channel_published
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = channel_published.ledger
    AND reversal.reverses_source = channel_published.source
    AND reversal.reverses_id = channel_published.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_checkpoint_anchored AS SELECT * FROM checkpoint_anchored
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = checkpoint_anchored.ledger
    AND reversal.reverses_source = checkpoint_anchored.source
    AND reversal.reverses_id = checkpoint_anchored.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_checkpoint_cosigned AS SELECT * FROM checkpoint_cosigned
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = checkpoint_cosigned.ledger
    AND reversal.reverses_source = checkpoint_cosigned.source
    AND reversal.reverses_id = checkpoint_cosigned.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_checkpoint_timestamped AS SELECT * FROM checkpoint_timestamped
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = checkpoint_timestamped.ledger
    AND reversal.reverses_source = checkpoint_timestamped.source
    AND reversal.reverses_id = checkpoint_timestamped.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_claim_settled AS SELECT * FROM claim_settled
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = claim_settled.ledger
    AND reversal.reverses_source = claim_settled.source
    AND reversal.reverses_id = claim_settled.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_clearing_paid AS SELECT * FROM clearing_paid
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = clearing_paid.ledger
    AND reversal.reverses_source = clearing_paid.source
    AND reversal.reverses_id = clearing_paid.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_clearing_requested AS SELECT * FROM clearing_requested
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = clearing_requested.ledger
    AND reversal.reverses_source = clearing_requested.source
    AND reversal.reverses_id = clearing_requested.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_complaint_accepted AS SELECT * FROM complaint_accepted
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = complaint_accepted.ledger
    AND reversal.reverses_source = complaint_accepted.source
    AND reversal.reverses_id = complaint_accepted.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_complaint_closed AS SELECT * FROM complaint_closed
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = complaint_closed.ledger
    AND reversal.reverses_source = complaint_closed.source
    AND reversal.reverses_id = complaint_closed.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_complaint_received AS SELECT * FROM complaint_received
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = complaint_received.ledger
    AND reversal.reverses_source = complaint_received.source
    AND reversal.reverses_id = complaint_received.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_duty_assigned AS SELECT * FROM duty_assigned
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = duty_assigned.ledger
    AND reversal.reverses_source = duty_assigned.source
    AND reversal.reverses_id = duty_assigned.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_eligibility_certified AS SELECT * FROM eligibility_certified
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = eligibility_certified.ledger
    AND reversal.reverses_source = eligibility_certified.source
    AND reversal.reverses_id = eligibility_certified.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_eligibility_ended AS SELECT * FROM eligibility_ended
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = eligibility_ended.ledger
    AND reversal.reverses_source = eligibility_ended.source
    AND reversal.reverses_id = eligibility_ended.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_enrolment_recorded AS SELECT * FROM enrolment_recorded
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = enrolment_recorded.ledger
    AND reversal.reverses_source = enrolment_recorded.source
    AND reversal.reverses_id = enrolment_recorded.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_enrolment_refunded AS SELECT * FROM enrolment_refunded
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = enrolment_refunded.ledger
    AND reversal.reverses_source = enrolment_refunded.source
    AND reversal.reverses_id = enrolment_refunded.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_enrolment_subsidised AS SELECT * FROM enrolment_subsidised
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = enrolment_subsidised.ledger
    AND reversal.reverses_source = enrolment_subsidised.source
    AND reversal.reverses_id = enrolment_subsidised.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_entitlement_certified AS SELECT * FROM entitlement_certified
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = entitlement_certified.ledger
    AND reversal.reverses_source = entitlement_certified.source
    AND reversal.reverses_id = entitlement_certified.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_entry_reversed AS SELECT * FROM entry_reversed
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = entry_reversed.ledger
    AND reversal.reverses_source = entry_reversed.source
    AND reversal.reverses_id = entry_reversed.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_evaluation_concluded AS SELECT * FROM evaluation_concluded
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = evaluation_concluded.ledger
    AND reversal.reverses_source = evaluation_concluded.source
    AND reversal.reverses_id = evaluation_concluded.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_exception_granted AS SELECT * FROM exception_granted
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = exception_granted.ledger
    AND reversal.reverses_source = exception_granted.source
    AND reversal.reverses_id = exception_granted.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_fund_balance_stated AS SELECT * FROM fund_balance_stated
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = fund_balance_stated.ledger
    AND reversal.reverses_source = fund_balance_stated.source
    AND reversal.reverses_id = fund_balance_stated.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_fund_budgeted AS SELECT * FROM fund_budgeted
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = fund_budgeted.ledger
    AND reversal.reverses_source = fund_budgeted.source
    AND reversal.reverses_id = fund_budgeted.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_fund_received AS SELECT * FROM fund_received
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = fund_received.ledger
    AND reversal.reverses_source = fund_received.source
    AND reversal.reverses_id = fund_received.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_fund_transferred AS SELECT * FROM fund_transferred
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = fund_transferred.ledger
    AND reversal.reverses_source = fund_transferred.source
    AND reversal.reverses_id = fund_transferred.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_hold_lifted AS SELECT * FROM hold_lifted
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = hold_lifted.ledger
    AND reversal.reverses_source = hold_lifted.source
    AND reversal.reverses_id = hold_lifted.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_hold_placed AS SELECT * FROM hold_placed
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = hold_placed.ledger
    AND reversal.reverses_source = hold_placed.source
    AND reversal.reverses_id = hold_placed.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_import_finished AS SELECT * FROM import_finished
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = import_finished.ledger
    AND reversal.reverses_source = import_finished.source
    AND reversal.reverses_id = import_finished.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_index_committed AS SELECT * FROM index_committed
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = index_committed.ledger
    AND reversal.reverses_source = index_committed.source
    AND reversal.reverses_id = index_committed.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_inspection_answered AS SELECT * FROM inspection_answered
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = inspection_answered.ledger
    AND reversal.reverses_source = inspection_answered.source
    AND reversal.reverses_id = inspection_answered.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_inspection_found AS SELECT * FROM inspection_found
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = inspection_found.ledger
    AND reversal.reverses_source = inspection_found.source
    AND reversal.reverses_id = inspection_found.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_inspection_held AS SELECT * FROM inspection_held
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = inspection_held.ledger
    AND reversal.reverses_source = inspection_held.source
    AND reversal.reverses_id = inspection_held.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_inspection_rectified AS SELECT * FROM inspection_rectified
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = inspection_rectified.ledger
    AND reversal.reverses_source = inspection_rectified.source
    AND reversal.reverses_id = inspection_rectified.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_institution_designated AS SELECT * FROM institution_designated
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = institution_designated.ledger
    AND reversal.reverses_source = institution_designated.source
    AND reversal.reverses_id = institution_designated.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_insurer_checked AS SELECT * FROM insurer_checked
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = insurer_checked.ledger
    AND reversal.reverses_source = insurer_checked.source
    AND reversal.reverses_id = insurer_checked.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_insurer_engaged AS SELECT * FROM insurer_engaged
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = insurer_engaged.ledger
    AND reversal.reverses_source = insurer_engaged.source
    AND reversal.reverses_id = insurer_engaged.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_key_registered AS SELECT * FROM key_registered
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = key_registered.ledger
    AND reversal.reverses_source = key_registered.source
    AND reversal.reverses_id = key_registered.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_key_rotated AS SELECT * FROM key_rotated
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = key_rotated.ledger
    AND reversal.reverses_source = key_rotated.source
    AND reversal.reverses_id = key_rotated.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_ledger_created AS SELECT * FROM ledger_created
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = ledger_created.ledger
    AND reversal.reverses_source = ledger_created.source
    AND reversal.reverses_id = ledger_created.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_list_shared AS SELECT * FROM list_shared
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = list_shared.ledger
    AND reversal.reverses_source = list_shared.source
    AND reversal.reverses_id = list_shared.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_means_checked AS SELECT * FROM means_checked
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = means_checked.ledger
    AND reversal.reverses_source = means_checked.source
    AND reversal.reverses_id = means_checked.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_offset_booked AS SELECT * FROM offset_booked
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = offset_booked.ledger
    AND reversal.reverses_source = offset_booked.source
    AND reversal.reverses_id = offset_booked.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_parameter_set AS SELECT * FROM parameter_set
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = parameter_set.ledger
    AND reversal.reverses_source = parameter_set.source
    AND reversal.reverses_id = parameter_set.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_payment_returned AS SELECT * FROM payment_returned
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = payment_returned.ledger
    AND reversal.reverses_source = payment_returned.source
    AND reversal.reverses_id = payment_returned.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_person_died AS SELECT * FROM person_died
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = person_died.ledger
    AND reversal.reverses_source = person_died.source
    AND reversal.reverses_id = person_died.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_person_erased AS SELECT * FROM person_erased
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = person_erased.ledger
    AND reversal.reverses_source = person_erased.source
    AND reversal.reverses_id = person_erased.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_person_merged AS SELECT * FROM person_merged
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = person_merged.ledger
    AND reversal.reverses_source = person_merged.source
    AND reversal.reverses_id = person_merged.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_person_registered AS SELECT * FROM person_registered
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = person_registered.ledger
    AND reversal.reverses_source = person_registered.source
    AND reversal.reverses_id = person_registered.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_policy_adopted AS SELECT * FROM policy_adopted
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = policy_adopted.ledger
    AND reversal.reverses_source = policy_adopted.source
    AND reversal.reverses_id = policy_adopted.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_premium_collected AS SELECT * FROM premium_collected
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = premium_collected.ledger
    AND reversal.reverses_source = premium_collected.source
    AND reversal.reverses_id = premium_collected.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_prepayment_made AS SELECT * FROM prepayment_made
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = prepayment_made.ledger
    AND reversal.reverses_source = prepayment_made.source
    AND reversal.reverses_id = prepayment_made.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_prepayment_returned AS SELECT * FROM prepayment_returned
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = prepayment_returned.ledger
    AND reversal.reverses_source = prepayment_returned.source
    AND reversal.reverses_id = prepayment_returned.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_progress_circulated AS SELECT * FROM progress_circulated
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = progress_circulated.ledger
    AND reversal.reverses_source = progress_circulated.source
    AND reversal.reverses_id = progress_circulated.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_publicity_held AS SELECT * FROM publicity_held
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = publicity_held.ledger
    AND reversal.reverses_source = publicity_held.source
    AND reversal.reverses_id = publicity_held.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_publicity_objected AS SELECT * FROM publicity_objected
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = publicity_objected.ledger
    AND reversal.reverses_source = publicity_objected.source
    AND reversal.reverses_id = publicity_objected.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_publicity_resolved AS SELECT * FROM publicity_resolved
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = publicity_resolved.ledger
    AND reversal.reverses_source = publicity_resolved.source
    AND reversal.reverses_id = publicity_resolved.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_recovery_received AS SELECT * FROM recovery_received
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = recovery_received.ledger
    AND reversal.reverses_source = recovery_received.source
    AND reversal.reverses_id = recovery_received.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_referral_filed AS SELECT * FROM referral_filed
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = referral_filed.ledger
    AND reversal.reverses_source = referral_filed.source
    AND reversal.reverses_id = referral_filed.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_report_issued AS SELECT * FROM report_issued
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = report_issued.ledger
    AND reversal.reverses_source = report_issued.source
    AND reversal.reverses_id = report_issued.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_resolution_adopted AS SELECT * FROM resolution_adopted
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = resolution_adopted.ledger
    AND reversal.reverses_source = resolution_adopted.source
    AND reversal.reverses_id = resolution_adopted.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_review_concluded AS SELECT * FROM review_concluded
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = review_concluded.ledger
    AND reversal.reverses_source = review_concluded.source
    AND reversal.reverses_id = review_concluded.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_source_totalled AS SELECT * FROM source_totalled
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = source_totalled.ledger
    AND reversal.reverses_source = source_totalled.source
    AND reversal.reverses_id = source_totalled.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_subsidy_requested AS SELECT * FROM subsidy_requested
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = subsidy_requested.ledger
    AND reversal.reverses_source = subsidy_requested.source
    AND reversal.reverses_id = subsidy_requested.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_warning_answered AS SELECT * FROM warning_answered
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = warning_answered.ledger
    AND reversal.reverses_source = warning_answered.source
    AND reversal.reverses_id = warning_answered.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));

CREATE VIEW live_warning_raised AS SELECT * FROM warning_raised
WHERE NOT EXISTS (
  SELECT 1 FROM entry_reversed AS reversal
  WHERE reversal.ledger = warning_raised.ledger
    AND reversal.reverses_source = warning_raised.source
    AND reversal.reverses_id = warning_raised.id
    AND NOT EXISTS (
      SELECT 1 FROM entry_reversed AS undone
      WHERE undone.ledger = reversal.ledger
        AND undone.reverses_source = reversal.source
        AND undone.reverses_id = reversal.id));
