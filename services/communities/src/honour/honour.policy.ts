/** Who enters honours: the people who describe the holder's practices, of a practice those of its holder. */
export { canKeepPractice as canKeepHonour, PRACTICE_KEEPERS as HONOUR_KEEPERS } from "../practice/practice.policy";
