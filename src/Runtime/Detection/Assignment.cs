namespace Dsl.Runtime;

/// <summary>The assignment problem: each of some rows gets a column of its own, so that the sum of the costs is the smallest of
/// all (Kuhn 1955, the "Hungarian method").</summary>
public static class Assignment
{
    /// <summary>The cheapest assignment, by shortest augmenting paths (Jonker and Volgenant 1987): at most r²·c steps for r
    /// rows and c columns, the fewer being the rows.</summary>
    /// <param name="costs">[rows, columns], finite, of any sign.</param>
    /// <returns>The column of each row; -1 for rows without one, where there are more rows than columns.</returns>
    /// <exception cref="ArgumentException">A cost is not a finite number.</exception>
    public static int[] Solve(double[,] costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        int rows = costs.GetLength(0), columns = costs.GetLength(1);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                if (double.IsFinite(costs[row, column])) continue;
                throw new ArgumentException(
                    $"The cost of row {row} and column {column} is {costs[row, column]}: costs are finite numbers.",
                    nameof(costs));
            }
        }

        if (rows <= columns) return OfRows(rows, columns, (row, column) => costs[row, column]);
        int[] given = OfRows(columns, rows, (column, row) => costs[row, column]), of = new int[rows];
        Array.Fill(of, -1);
        for (int column = 0; column < columns; column++) of[given[column]] = column;
        return of;
    }

    // Rows come one after the other; each looks for the cheapest way to a free column, on which rows that have one already may be
    // moved to another. The prices keep the cost of every pair at least 0, and that of the pairs which are chosen at 0.
    private static int[] OfRows(int rows, int columns, Func<int, int, double> cost)
    {
        double[] rowPrice = new double[rows], columnPrice = new double[columns], distance = new double[columns];
        int[] rowOf = new int[columns], columnOf = new int[rows], before = new int[columns];
        bool[] isDone = new bool[columns];
        Array.Fill(rowOf, -1);
        Array.Fill(columnOf, -1);
        for (int start = 0; start < rows; start++)
        {
            Array.Fill(distance, double.PositiveInfinity);
            Array.Fill(isDone, false);
            int row = start, end;
            double least = 0;
            while (true)
            {
                int next = -1;
                for (int column = 0; column < columns; column++)
                {
                    if (isDone[column]) continue;
                    double along = least + cost(row, column) - rowPrice[row] - columnPrice[column];
                    if (along < distance[column]) (distance[column], before[column]) = (along, row);
                    if (next < 0 || distance[column] < distance[next]) next = column;
                }

                (isDone[next], least) = (true, distance[next]);
                if (rowOf[next] < 0)
                {
                    end = next;
                    break;
                }

                row = rowOf[next];
            }

            rowPrice[start] += least;
            for (int column = 0; column < columns; column++)
            {
                if (!isDone[column] || column == end) continue;
                columnPrice[column] -= least - distance[column];
                rowPrice[rowOf[column]] += least - distance[column];
            }

            while (true)
            {
                int own = before[end], left = columnOf[own];
                (rowOf[end], columnOf[own]) = (own, end);
                if (own == start) break;
                end = left;
            }
        }

        return columnOf;
    }
}
