#include "twin/words.h"

/* clang-format off */
static const char *const girls[] = {
	"Amelia", "Olivia", "Isla", "Ava", "Emily", "Ella", "Jessica", "Isabella", "Sophia", "Mia", "Poppy", "Lily",
	"Evie", "Grace", "Sophie", "Freya", "Daisy", "Alice", "Florence", "Sienna", "Matilda", "Phoebe", "Millie",
	"Rosie", "Chloe", "Ruby", "Elsie", "Layla", "Eva", "Zara", "Aisha", "Fatima", "Maryam", "Hannah", "Lucy",
	"Charlotte", "Evelyn", "Harriet", "Ivy", "Willow", "Erin", "Molly", "Nancy", "Orla", "Pippa", "Robyn", "Saskia",
	"Tilly", "Yasmin", "Zofia", "Julia", "Maja", "Amina", "Khadija", "Anya", "Priya", "Leah", "Martha", "Naomi",
	"Bethany", "Caitlin", "Darcey", "Eleanor", "Faith", "Georgia", "Holly", "Imogen", "Jasmine", "Keira", "Lottie",
	"Megan", "Niamh", "Paige", "Rebecca", "Scarlett", "Tegan", "Victoria", "Abigail", "Beatrice", "Clara", "Eliza",
	"Francesca", "Gabriella", "Heidi", "Iris", "Jemima", "Kayla", "Lola", "Maisie",
};

static const char *const boys[] = {
	"Oliver", "George", "Noah", "Arthur", "Harry", "Leo", "Muhammad", "Jack", "Charlie", "Oscar", "Jacob", "Henry",
	"Thomas", "Freddie", "Alfie", "Theo", "William", "Archie", "Joshua", "Alexander", "James", "Isaac", "Edward",
	"Lucas", "Tommy", "Finley", "Max", "Logan", "Ethan", "Teddy", "Mohammed", "Benjamin", "Joseph", "Samuel",
	"Sebastian", "Harrison", "Daniel", "Adam", "Dylan", "Hugo", "Riley", "Ibrahim", "Yusuf", "Ali", "Hamza", "Bilal",
	"Kacper", "Jakub", "Szymon", "Filip", "Aaron", "Bobby", "Callum", "Dexter", "Elliot", "Felix", "Gabriel",
	"Hassan", "Ivan", "Jayden", "Kai", "Liam", "Mason", "Nathan", "Owen", "Patrick", "Quinn", "Reuben", "Stanley",
	"Toby", "Umar", "Vincent", "Zachary", "Albie", "Blake", "Connor", "Declan", "Ezra", "Frankie", "Grayson",
	"Harvey", "Jude", "Kian", "Louis", "Marcus", "Nico", "Otis", "Peter", "Ralph", "Sonny", "Tyler",
};

static const char *const surnames[] = {
	"Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson", "Davies", "Patel", "Robinson", "Wright",
	"Thompson", "Evans", "Walker", "White", "Roberts", "Green", "Hall", "Wood", "Jackson", "Clarke", "Khan", "Ali",
	"Ahmed", "Hussain", "Begum", "Singh", "Kaur", "Harris", "Lewis", "Turner", "Hill", "Cooper", "Ward", "Moore",
	"Morris", "Baker", "Harrison", "King", "Morgan", "Allen", "James", "Scott", "Phillips", "Watson", "Davis",
	"Parker", "Bennett", "Price", "Griffiths", "Young", "Cook", "Shaw", "Carter", "Richardson", "Bailey", "Collins",
	"Bell", "Murphy", "Miller", "Cox", "Kelly", "Marshall", "Simpson", "Anderson", "Richards", "Adams", "Wilkinson",
	"Foster", "Ellis", "Mills", "Chapman", "Mason", "Barker", "Rogers", "Gray", "Webb", "Hunt", "Knight", "Palmer",
	"Holmes", "Stevens", "Butler", "Jenkins", "Barnes", "Fisher", "Russell", "Powell", "Stone", "Nowak", "Kowalski",
	"Okafor", "Mensah", "Osei", "Mohamed", "Hassan", "Rahman", "Chowdhury", "Fernandes", "Santos", "Popescu",
	"Ionescu", "Kaya", "Demir", "Tran", "Nguyen",
};

static const char *const place_starts[] = {
	"Ash", "Oak", "Elm", "Birch", "Thorn", "Hazel", "Alder", "Maple", "Rowan", "Holly", "Fern", "Heath", "Moor",
	"Marsh", "Mead", "Brook", "Stan", "Win", "Wal", "Har", "Wit", "Hen", "Kings", "Queens", "Bish", "Ched", "Dun",
	"East", "West", "Nor", "Sut", "Al", "Bur", "Cran", "Dray", "Fair", "Gos", "Hol", "Ips", "Kel", "Lang", "Mar",
	"New", "Old", "Pen", "Rad", "Sher", "Tud", "Whit", "Wood",
};

static const char *const place_ends[] = {
	"ford", "ham", "ton", "ley", "worth", "by", "field", "wood", "combe", "well", "bury", "stone", "hurst", "don",
	"wick", "stead", "borne", "gate", "low", "den", "mere", "ridge", "shaw", "cote", "cliffe", "thorpe", "over",
	"brook", "land", "hill",
};

static const char *const streets[] = {
	"Road", "Street", "Close", "Lane", "Avenue", "Way", "Drive", "Crescent", "Gardens", "Court", "Place", "Grove",
};

static const char *const towns[] = {
	"Abbotsmere", "Little Harden", "Kingsbrook", "Marlow End", "Thornbury Cross", "Fenwick Green", "Oldstead",
	"Hartwell", "Cressing", "Nether Wick", "Stanbridge", "Ashcombe", "Weston Mere", "Langdale End", "Burnt Oak",
	"Eastmoor",
};

static const char *const said[] = {
	"I am getting in touch because I am worried about %s.",
	"Officers went to the address after a call from a neighbour; %s was upstairs and had heard everything.",
	"%s came in without a coat again and said that nobody had been at home since the evening before.",
	"There was shouting for about an hour, and then a door was slammed.",
	"The mother says that she has support from her sister and that things have been calmer since.",
	"There are other children in the household, who were seen and seemed well.",
	"%s told a teacher that they were afraid to go home.",
	"The father left before anybody came and has not been back since.",
	"The family was known to the health visitor, who has seen them twice this month.",
	"Nobody was hurt, but a window was broken and there was glass on the stairs.",
	"The school has rung home three times this week without an answer.",
	"%s has missed eleven days of school this term and is often late.",
	"The house was cold and there was very little food in the kitchen.",
	"The parent was told of this and agreed that it should be passed on.",
	"The parent was not told, since it might put somebody at risk.",
	"There was a bruise on the left arm, which was explained as a fall from a bicycle.",
	"Alcohol had been drunk, and both said that it was not the first time.",
	"An appointment was missed twice and nobody has rung to change it.",
	"%s was quiet, clung to the grandmother and would not say what had happened.",
	"The landlord has given notice and they have nowhere to go at the end of the month.",
	"A neighbour takes the children to school on most days.",
	"She asks for advice and would take help if it were offered.",
};

/* clang-format on */

#define LIST(l)                                                                                                        \
	{                                                                                                                  \
		(l), sizeof(l) / sizeof *(l)                                                                                   \
	}

static const struct {
	const char *const *words;
	uint32_t count;
} lists[WORDS_COUNT] = {
	[WORDS_GIRL] = LIST(girls),
	[WORDS_BOY] = LIST(boys),
	[WORDS_SURNAME] = LIST(surnames),
	[WORDS_PLACE_START] = LIST(place_starts),
	[WORDS_PLACE_END] = LIST(place_ends),
	[WORDS_STREET] = LIST(streets),
	[WORDS_TOWN] = LIST(towns),
	[WORDS_SAID] = LIST(said),
};

const char *word_of(struct draw *draw, enum word_list list)
{
	return lists[list].words[draw_below(draw, lists[list].count)];
}
