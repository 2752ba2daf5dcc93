import fc from "fast-check";
import { boxAround, EARTH_RADIUS, minutesTo, reachOf } from "./facility.rules";

const radians = (degrees: number) => (degrees * Math.PI) / 180;

test("fifteen minutes reach 923 m, and what lies there is fifteen minutes off", () => {
  expect(Math.floor(reachOf(15))).toBe(923);
  expect(minutesTo(reachOf(15) - 0.001)).toBe(15);
  expect(minutesTo(reachOf(15) + 0.001)).toBe(16);
  expect(minutesTo(0)).toBe(0);
});

test("the box holds every point that the direct geodesic of a sphere reaches", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -89.9, max: 89.9, noNaN: true }),
      fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
      fc.double({ min: 1, max: 50_000, noNaN: true }),
      (longitude, latitude, bearing, metres) => {
        const angle = metres / EARTH_RADIUS;
        const from = radians(latitude);
        const sine = Math.sin(from) * Math.cos(angle) + Math.cos(from) * Math.sin(angle) * Math.cos(bearing);
        const turn = Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(from), Math.cos(angle) - Math.sin(from) * sine);
        const east = ((longitude + (turn * 180) / Math.PI + 540) % 360) - 180;
        const north = (Math.asin(sine) * 180) / Math.PI;
        const box = boxAround(longitude, latitude, metres);
        const slack = 1e-7;
        expect(north).toBeGreaterThanOrEqual(box.south - slack);
        expect(north).toBeLessThanOrEqual(box.north + slack);
        expect(east).toBeGreaterThanOrEqual(box.west - slack);
        expect(east).toBeLessThanOrEqual(box.east + slack);
      },
    ),
  );
});
