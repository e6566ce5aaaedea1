// A map of the world, drawn as dots: coasts here are too coarse to be lines. Outlines are pairs of longitude and latitude.

const outlines = [
  // North and Central America
  [-168,66, -162,70, -156,71, -141,70, -128,70, -115,68, -108,68, -95,68, -94,72, -86,69, -82,68, -87,64, -94,60, -92,57, -82,55,
    -82,52, -79,51, -78,57, -77,62, -70,61, -65,59, -61,56, -56,52, -60,50, -66,50, -65,48, -60,46, -66,44, -70,43, -71,41, -75,39,
    -76,35, -81,31, -80,26, -82,27, -84,30, -90,30, -97,27, -97,22, -94,18, -90,21, -87,21, -88,16, -83,15, -83,10, -79,9, -80,7,
    -85,10, -92,14, -97,16, -105,20, -109,26, -114,31, -110,23, -113,27, -117,32, -121,35, -124,40, -124,47, -130,54, -138,59,
    -147,61, -153,58, -162,55, -158,58, -165,61, -162,64],
  // Arctic islands of Canada
  [-120,72, -105,73, -95,73, -80,73, -72,70, -65,66, -66,63, -74,64, -80,68, -90,71, -105,69, -117,70],
  [-95,76, -80,76, -70,79, -62,82, -75,83, -90,81],
  // Greenland
  [-55,82, -35,83, -20,81, -19,76, -22,71, -32,68, -41,63, -44,60, -50,62, -54,67, -52,70, -58,75, -68,76, -66,79],
  // Cuba and Hispaniola
  [-85,22, -78,22, -74,20, -78,20], [-74,19, -69,19, -70,18, -74,18],
  // South America
  [-79,9, -72,12, -62,10, -52,5, -50,0, -44,-3, -37,-5, -35,-9, -39,-14, -40,-21, -48,-26, -49,-29, -54,-34, -57,-35, -58,-38,
    -62,-39, -65,-43, -67,-46, -69,-51, -66,-55, -72,-54, -75,-50, -73,-42, -73,-37, -71,-30, -70,-19, -76,-14, -81,-6, -80,-2,
    -77,3],
  // Africa
  [-6,36, 3,37, 10,37, 11,33, 20,31, 25,32, 32,31, 34,28, 37,22, 38,18, 43,12, 51,12, 47,4, 41,-2, 39,-6, 40,-15, 35,-20, 35,-24,
    33,-28, 28,-33, 20,-35, 18,-32, 15,-27, 12,-18, 14,-11, 12,-5, 9,-1, 9,4, 5,6, -4,5, -8,4, -13,8, -17,13, -16,19, -14,26,
    -10,30],
  [44,-17, 49,-12, 50,-16, 47,-25, 44,-24],
  // Europe and Asia
  [-9,43, -9,37, -6,36, -2,37, 0,40, 3,42, 7,44, 10,44, 16,39, 16,38, 18,40, 13,44, 14,45, 19,42, 21,37, 24,38, 23,40, 27,41, 27,37,
    31,37, 36,36, 35,32, 34,28, 37,25, 39,20, 43,13, 52,16, 59,22, 56,25, 52,24, 48,30, 51,28, 56,27, 62,25, 67,25, 70,21, 73,17,
    75,11, 77,8, 80,13, 80,16, 87,21, 91,22, 94,17, 98,16, 98,9, 101,5, 103,1, 104,3, 100,9, 100,13, 105,9, 109,12, 106,18, 108,21,
    114,22, 120,26, 122,31, 119,36, 122,39, 125,39, 126,35, 129,36, 128,39, 131,43, 136,45, 140,49, 141,53, 136,54, 143,59, 155,59,
    156,52, 162,57, 163,61, 172,60, 179,63, 179,68, 170,70, 160,70, 141,72, 128,73, 113,74, 105,78, 90,75, 80,73, 74,72, 70,67,
    68,69, 55,68, 44,67, 41,66, 34,65, 41,67, 33,69, 25,71, 15,68, 12,65, 5,61, 6,58, 11,59, 13,55, 17,57, 18,61, 22,65, 25,65,
    21,61, 29,60, 24,58, 20,54, 11,54, 9,57, 8,54, 4,52, -1,49, -5,48, -1,46, -2,43],
  [9,41, 10,39, 8,39], [13,38, 15,38, 15,37],
  // The islands of Europe
  [-5,50, 1,51, 0,53, -2,56, -4,58, -5,56, -3,54, -4,52], [-10,52, -6,52, -6,55, -9,54], [-24,65, -16,66, -14,65, -19,63],
  [54,72, 60,76, 68,77, 56,71],
  // The islands of Asia
  [130,31, 132,34, 137,35, 140,36, 142,40, 145,43, 142,45, 140,42, 139,38, 133,35], [142,46, 143,54, 144,49],
  [80,9, 82,7, 80,6], [95,5, 104,-3, 106,-6, 101,-3], [105,-6, 115,-8, 113,-7], [109,2, 117,7, 119,5, 116,-4, 110,-3],
  [119,1, 125,1, 121,-1, 123,-5, 120,-5], [120,18, 122,18, 124,13, 121,14], [122,9, 126,9, 126,6], [120,24, 122,25, 121,22],
  // Australia and the islands around it
  [131,-1, 138,-2, 147,-6, 150,-10, 143,-8, 138,-8, 133,-4],
  [114,-22, 122,-18, 129,-15, 132,-11, 136,-12, 136,-15, 140,-17, 142,-11, 146,-19, 153,-25, 153,-31, 150,-37, 145,-39, 140,-38,
    137,-34, 131,-31, 124,-33, 116,-35, 115,-31],
  [145,-41, 148,-41, 147,-43], [173,-35, 178,-38, 175,-41], [173,-41, 171,-45, 167,-46, 170,-43],
];

const [west, north, step] = [-180, 84, 3];
const svg = "http://www.w3.org/2000/svg";

const contains = (outline, x, y) => {
  let inside = false;
  for (let i = 0, j = outline.length - 2; i < outline.length; j = i, i += 2) {
    const [x1, y1, x2, y2] = [outline[i], outline[i + 1], outline[j], outline[j + 1]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
};

const node = (name, attributes) => {
  const element = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

function land() {
  let path = "";
  for (let y = north - step; y > -58; y -= step) {
    for (let x = west; x < 180; x += step) {
      if (!outlines.some((outline) => contains(outline, x + step / 2, y + step / 2))) continue;
      path += `M${x - west + 0.4} ${north - y - 1.5}a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0 -2.2 0`;
    }
  }
  return node("path", { class: "land", d: path });
}

/** How the members of a location are, in a word. */
export function standing({ up, down, unknown }) {
  if (down > 0) return up + unknown > 0 ? "mixed" : "down";
  return up > 0 ? "up" : "unknown";
}

/** Shows locations with coordinates; those at the same place once. */
export function showMap(map, locations) {
  if (!map.firstChild) map.append(land());
  while (map.childNodes.length > 1) map.lastChild.remove();
  const taken = [];
  for (const location of locations.filter((location) => location.latitude !== null)) {
    const x = location.longitude - west;
    const y = Math.min(146, Math.max(4, north - location.latitude));
    const state = standing(location.members);
    const pin = state === "down"
      ? node("path", { d: `M${x} ${y + 5}L${x - 5} ${y - 4}L${x + 5} ${y - 4}Z` })
      : state === "mixed" ? node("path", { d: `M${x} ${y - 5}L${x + 5} ${y}L${x} ${y + 5}L${x - 5} ${y}Z` })
      : node("circle", { cx: x, cy: y, r: 4 });
    pin.setAttribute("class", `pin ${state}`);
    map.append(pin);
    if (taken.some(([otherX, otherY]) => Math.abs(otherX - x) < 24 && Math.abs(otherY - y) < 9)) continue;
    taken.push([x, y]);
    const label = node("text", { x: x > 320 ? x - 6 : x + 6, y: y + 3, "text-anchor": x > 320 ? "end" : "start" });
    label.textContent = location.location;
    map.append(label);
  }
}
