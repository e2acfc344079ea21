using Dsl.Runtime;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace Dsl.Tests.Tables;

/// <summary>Declared tables from Parquet files, beside files of separated values with the same rows.</summary>
public sealed class ParquetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-parquet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_gives_the_rows_of_the_csv_file_to_the_last_bit()
    {
        var random = new Random(5);
        float[] xs = [.. Enumerable.Range(0, 500).Select(_ => BitConverter.Int32BitsToSingle(random.Next(1, 0x7f000000)))];
        float[] ys = [.. xs.Select(x => -x / 3)];
        int[] groups = [.. xs.Select(_ => random.Next())];
        string[] sides = [.. xs.Select(x => x > 1 ? "right" : "left")];
        string path = await Write(100, ("more", groups), ("side", sides), ("Y", ys), ("x", xs), ("gr_oup", groups));
        var lines = xs.Select((x, i) => FormattableString.Invariant($"{x:R},{ys[i]:R},{groups[i]},{sides[i]}\n"));
        var csv = Cloud.Read(new StringReader("x,y,group,side\n" + string.Concat(lines)));
        var parquet = Cloud.LoadParquet(path);
        Assert.Equal(csv.Rows, parquet.Rows);
        Assert.Equal(500, parquet.Count);
        using var stream = File.OpenRead(path);
        Assert.Equal(csv.Rows, Cloud.ReadParquet(stream).Rows);
        TablePreprocessing<Cloud> left = new(), right = new();
        left.Fit(csv);
        right.Fit(parquet);
        using var fromCsv = left.Encode(csv);
        using var fromParquet = right.Encode(parquet);
        Assert.Equal(fromCsv.Inputs.data<float>().ToArray(), fromParquet.Inputs.data<float>().ToArray());
        Assert.Equal(fromCsv.Labels.data<long>().ToArray(), fromParquet.Labels.data<long>().ToArray());
    }

    [Fact]
    public async Task Every_kind_of_column_has_its_type_and_null_is_missing()
    {
        string path = await Write(2,
            ("Gewicht (g)", new float?[] { 151.5f, null, 98 }), ("Durchmesser", new double?[] { 7.25, null, 6 }),
            ("Farbe", new[] { "rot", "grün", "gelb" }), ("Größe", new[] { "Small", "large", "1" }),
            ("reif", new bool?[] { true, false, null }), ("Taste", new[] { "süß", "k. A.", null }),
            ("Store", new long?[] { 1, 4, null }));
        var data = Apple.LoadParquet(path);
        Assert.Equal(
            [
                new Apple(151.5f, 7.25, "rot", Size.Small, true, null, "süß") { Store = 1 },
                new Apple(null, null, "grün", Size.Large, false, null) { Store = 4 },
                new Apple(98, 6, "gelb", Size.Medium, null, null),
            ], data.Rows);
    }

    [Fact]
    public async Task Narrower_and_wider_types_fit_where_their_values_do()
    {
        var (x, group) = (new decimal[] { 1.25m, 2 }, new double[] { 3, 4 });
        var rows = Cloud.LoadParquet(await Write(9, ("x", x), ("y", new sbyte[] { -1, 1 }), ("group", group))).Rows;
        Assert.Equal([new Cloud(1.25f, -1, 3), new Cloud(2, 1, 4)], rows);
        var yes = Yes.LoadParquet(await Write(9, ("x", x), ("y", x), ("isRight", new ulong[] { 0, 1 }))).Rows;
        Assert.Equal([false, true], yes.Select(row => row.IsRight));
    }

    [Fact]
    public async Task Values_that_must_be_there_are_there_whatever_memory_held_before()
    {
        var (x, group) = (new float[] { 1, 2, 3 }, new int[] { 4, 5, 6 });
        string path = await Write(3, ("x", x), ("y", x), ("group", group));
        for (int i = 0; i < 20; i++)
        {
            // As numbers below 0 would be left in a pool by somebody else.
            int[] left = System.Buffers.ArrayPool<int>.Shared.Rent(16);
            Array.Fill(left, -1);
            System.Buffers.ArrayPool<int>.Shared.Return(left);
            Assert.Equal([1, 2, 3], Cloud.LoadParquet(path).Rows.Select(row => row.X));
        }
    }

    public static TheoryData<string, object, string> Mistakes => new()
    {
        { "y", new[] { "2", "3" }, "row 1: column 2 'Y' has the text '2', where a number is expected." },
        { "y", new[] { true, true }, "row 1: column 2 'Y' has true, where a number is expected." },
        { "y", new double?[] { 1, null }, "row 2: column 2 'Y' has no value: where values may be missing, declare" },
        { "y", new[] { 1, 1e39 }, "row 2: column 2 'Y' has 1E+39, which is too large for a float: declare it double." },
        { "y", new[] { 1, double.NaN }, "has NaN, where a number is expected; where it says that the value is missing, declare" },
        { "y", new DateTime[2], ": column 'y' holds values of type DateTime, where a declared column can be of numbers, " },
        { "yy", new float[2], " has no column 'Y', which Cloud declares. It has: x, yy, group, side." },
        { "x_y", new float[2], " has no column 'Y', which Cloud declares. It has: x, x_y, group, side." },
        { "group", new[] { 0.5, 1 }, "row 1: column 3 'Group' has 0.5, where a whole number is expected." },
        { "group", new[] { 1, 1L << 40 }, "row 2: column 3 'Group' has 1099511627776, which is too large: declare it long." },
        { "side", new[] { "left", "up" }, "row 2: column 'Side' has 'up', which is no class of it: left, right." },
        { "side", new[] { 0, 1 }, "row 1: column 4 'Side' has 0, where a text is expected." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task What_does_not_fit_is_named_with_row_column_and_value(string name, object values, string message)
    {
        (string, object)[] columns =
        [
            ("x", new float[2]), ("y", new float[2]), ("group", new int[2]), ("side", new[] { "left", "right" }),
        ];
        int place = Array.FindIndex(columns, column => column.Item1 == name);
        columns[place < 0 ? 1 : place] = (name, values);
        string path = await Write(1, columns);
        var error = Assert.Throws<InvalidDataException>(() => Cloud.LoadParquet(path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_column_is_asked_for()
    {
        string path = await Write(9, ("Area", new double[1]), ("Yaer", new double[1]));
        var error = Assert.Throws<InvalidDataException>(() => Price.LoadParquet(path));
        Assert.Contains("has no column 'Year', which Price declares. It has: Area, Yaer. Is it 'Yaer'? Then declare "
            + "[Column(\"Yaer\")].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_of_the_kind_says_so()
    {
        string path = Path.Combine(_folder, "table.csv");
        await File.WriteAllTextAsync(path, "x,y\n1,2\n");
        var error = Assert.Throws<InvalidDataException>(() => Cloud.LoadParquet(path));
        Assert.Equal($"{path} is no Parquet file, or its end is damaged.", error.Message);
        Assert.Throws<FileNotFoundException>(() => Cloud.LoadParquet(path + "x"));
        using var closed = new MemoryStream();
        closed.Close();
        Assert.Throws<ArgumentException>(() => Cloud.ReadParquet(closed));
    }

    // A file with groups of some rows.
    private async Task<string> Write(int rowsOfGroup, params (string Name, object Values)[] columns)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid()}.parquet");
        DataField[] fields = [.. columns.Select(column => Field(column.Name, column.Values.GetType().GetElementType()!))];
        using var stream = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        int count = ((Array)columns[0].Values).Length;
        for (int first = 0; first < count; first += rowsOfGroup)
        {
            using var group = writer.CreateRowGroup();
            var range = first..Math.Min(count, first + rowsOfGroup);
            for (int i = 0; i < columns.Length; i++) await Write(group, fields[i], columns[i].Values, range);
        }

        return path;
    }

    private static DataField Field(string name, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type);
        return new DataField(name, plain ?? type, isNullable: !type.IsValueType || plain is not null);
    }

    private static async Task Write(ParquetRowGroupWriter group, DataField field, object values, Range range) =>
        await (values switch
        {
            float[] numbers => group.WriteAsync<float>(field, numbers.AsMemory(range)),
            float?[] numbers => group.WriteAsync<float>(field, numbers.AsMemory(range)),
            double[] numbers => group.WriteAsync<double>(field, numbers.AsMemory(range)),
            double?[] numbers => group.WriteAsync<double>(field, numbers.AsMemory(range)),
            decimal[] numbers => group.WriteAsync<decimal>(field, numbers.AsMemory(range)),
            sbyte[] numbers => group.WriteAsync<sbyte>(field, numbers.AsMemory(range)),
            int[] numbers => group.WriteAsync<int>(field, numbers.AsMemory(range)),
            // To a pattern, arrays of one width are of one type.
            _ when values.GetType() == typeof(ulong[]) => group.WriteAsync<ulong>(field, ((ulong[])values).AsMemory(range)),
            long[] numbers => group.WriteAsync<long>(field, numbers.AsMemory(range)),
            long?[] numbers => group.WriteAsync<long>(field, numbers.AsMemory(range)),
            bool[] flags => group.WriteAsync<bool>(field, flags.AsMemory(range)),
            bool?[] flags => group.WriteAsync<bool>(field, flags.AsMemory(range)),
            DateTime[] times => group.WriteAsync<DateTime>(field, times.AsMemory(range)),
            string?[] texts => group.WriteAsync(field, texts[range]!),
            _ => throw new InvalidOperationException(values.GetType().Name),
        });
}
