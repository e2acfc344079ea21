namespace Dsl.Runtime.Tests.Detecting;

/// <summary>Assignments against all that there are.</summary>
public class AssignmentTests
{
    [Fact]
    public void No_assignment_is_cheaper()
    {
        for (int number = 0; number < 400; number++)
        {
            var random = new HostRandom(number);
            int rows = random.Below(7), columns = random.Below(7);
            var costs = new double[rows, columns];
            for (int i = 0; i < rows; i++)
            {
                // Every third has whole numbers, many of which are equal.
                for (int j = 0; j < columns; j++)
                    costs[i, j] = number % 3 == 0 ? random.Below(4) - 2 : (10 * random.Uniform()) - 5;
            }

            int[] given = Assignment.Solve(costs);
            int[] taken = [.. given.Where(column => column >= 0)];
            Assert.Equal(rows, given.Length);
            Assert.Equal(Math.Min(rows, columns), taken.Length);
            Assert.Equal(taken.Length, taken.Distinct().Count());
            double cost = Enumerable.Range(0, rows).Where(i => given[i] >= 0).Sum(i => costs[i, given[i]]);
            Assert.Equal(Least(costs, 0, 0, rows - columns), cost, 1e-9);
        }
    }

    [Fact]
    public void A_large_one_is_no_dearer_than_any_exchange_of_two()
    {
        var random = new HostRandom(7);
        const int size = 120;
        var costs = new double[size, size];
        for (int i = 0; i < size; i++) for (int j = 0; j < size; j++) costs[i, j] = random.Uniform();
        int[] given = Assignment.Solve(costs);
        Assert.Equal(size, given.Distinct().Count());
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
                Assert.True(costs[i, given[i]] + costs[j, given[j]] <= costs[i, given[j]] + costs[j, given[i]] + 1e-12);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Costs_that_are_no_numbers_are_refused(double cost)
    {
        var problem = Assert.Throws<ArgumentException>(() => Assignment.Solve(new[,] { { 1, 2 }, { 3, cost } }));
        Assert.Contains("row 1 and column 1", problem.Message, StringComparison.Ordinal);
    }

    // The least cost of the rows from one on, of which some may go without a column.
    private static double Least(double[,] costs, int row, int taken, int spare)
    {
        if (row == costs.GetLength(0)) return 0;
        double least = spare > 0 ? Least(costs, row + 1, taken, spare - 1) : double.PositiveInfinity;
        for (int column = 0; column < costs.GetLength(1); column++)
        {
            if ((taken >> column & 1) != 0) continue;
            least = Math.Min(least, costs[row, column] + Least(costs, row + 1, taken | 1 << column, spare));
        }

        return least;
    }
}
