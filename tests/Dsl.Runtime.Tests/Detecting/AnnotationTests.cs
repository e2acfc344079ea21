using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Detecting;

/// <summary>Annotations as COCO and VOC write them, right and broken; labels, views and drawn scenes.</summary>
public class AnnotationTests
{
    private const string Coco = """
        {"images": [{"id": 7, "file_name": "a.png", "width": 100, "height": 50},
                    {"id": 9, "file_name": "b.png", "width": 10, "height": 10}],
         "categories": [{"id": 18, "name": "dog"}, {"id": 3, "name": "car"}],
         "annotations": [{"image_id": 7, "category_id": 18, "bbox": [10, 5, 20, 25]},
                         {"image_id": 7, "category_id": 3, "bbox": [0, 0, 100, 50], "iscrowd": 1}]}
        """;

    private const string Voc = """
        <annotation><filename>a.jpg</filename><size><width>100</width><height>50</height></size>
        <object><name>dog</name><bndbox><xmin>11</xmin><ymin>6</ymin><xmax>30</xmax><ymax>30</ymax></bndbox></object>
        <object><name>car</name><difficult>1</difficult>
        <bndbox><xmin>1</xmin><ymin>1</ymin><xmax>100</xmax><ymax>50</ymax></bndbox></object>
        </annotation>
        """;

    [Fact]
    public void Coco_and_voc_say_the_same()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.json"), Coco);
        File.WriteAllText(folder.File("a.xml"), Voc);
        var coco = AnnotatedImages.ReadCoco(folder.File("a.json"));
        var voc = AnnotatedImages.ReadVoc(Path.GetDirectoryName(folder.File("a"))!, "car", "dog");
        Assert.Equal(["car", "dog"], coco.Classes);
        Assert.Equal(["a.png", "b.png"], coco.Images.Select(image => image.File));
        Assert.Empty(coco.Images[1].Objects);
        Assert.Equal(coco.Images[0].Objects, voc.Images[0].Objects);
        Assert.Equal(new LabeledBox(1, new Box(0.1f, 0.1f, 0.3f, 0.6f)), coco.Images[0].Objects[0]);
        Assert.True(coco.Images[0].Objects[1].IsIgnored);
        using var labels = coco.Labels();
        Assert.Equal([2L, 2L, 5L], labels.shape);
        Assert.Equal([1f, -2f, -1f, -1f], labels.select(2, 0).contiguous().data<float>());
        Assert.Equal(coco.Images.Select(image => image.Objects.ToArray()),
            BoxLabels.Read(labels).Select(objects => objects.ToArray()));
    }

    [Fact]
    public void Images_are_read_beside_their_annotations()
    {
        using var folder = new TemporaryFolder();
        using var wide = zeros(1, 3, 50, 100);
        wide[.., 0, .., ..50] = 1;
        using var small = ones(1, 3, 10, 10);
        folder.Write("a.png", ImageGrid.Png(wide, columns: 1));
        folder.Write("b.png", ImageGrid.Png(small, columns: 1));
        var annotated = AnnotatedImages.ReadCoco(folder.Write("a.json", Coco));
        using var data = annotated.Load(Path.GetDirectoryName(folder.File("a"))!, 3, 20, 20);
        Assert.Equal([2L, 3L, 20L, 20L], data.Inputs.shape);
        Assert.Equal([2L, 2L, 5L], data.Labels.shape);
        Assert.Equal([1f, 0f, 0f], data.Inputs[0, .., 5, 3].contiguous().data<float>());
        Assert.Equal([0f, 0f, 0f], data.Inputs[0, .., 5, 16].contiguous().data<float>());
        Assert.Equal(1f, data.Inputs[1].min().item<float>());
        File.Delete(folder.File("b.png"));
        var problem = Assert.Throws<FileNotFoundException>(
            () => annotated.Load(Path.GetDirectoryName(folder.File("a"))!, 3, 20, 20));
        Assert.Contains("b.png", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"bbox\": [10, 5, 20, 25]", "\"bbox\": [10, 5, 20]", "annotations[0]: its bbox")]
    [InlineData("\"bbox\": [10, 5, 20, 25]", "\"bbox\": [10, 5, 0, 25]", "annotations[0]: its box (10, 5, 10, 30) has no width")]
    [InlineData("\"bbox\": [10, 5, 20, 25]", "\"bbox\": [90, 5, 20, 25]", "its box (90, 5, 110, 30) lies outside")]
    [InlineData("\"category_id\": 18", "\"category_id\": 4", "annotations[0]: there is no category of the id 4")]
    [InlineData("\"image_id\": 7, \"category_id\": 3", "\"image_id\": 8, \"category_id\": 3", "[1]: there is no image")]
    [InlineData("\"width\": 100", "\"width\": 0", "images[0]: the image has 0 pixels")]
    [InlineData("\"width\": 100, ", "", "images[0]: its 'width'")]
    [InlineData("\"id\": 9", "\"id\": 7", "images[1]: its id stands twice")]
    [InlineData("\"annotations\"", "\"annotation\"", "it has no list 'annotations'")]
    [InlineData("{\"images\"", "\"images\"", "is no JSON")]
    public void Broken_coco_files_are_named(string right, string wrong, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("broken.json"), text = Coco.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Coco, text);
        File.WriteAllText(path, text);
        var problem = Assert.Throws<InvalidDataException>(() => AnnotatedImages.ReadCoco(path));
        Assert.StartsWith(path, problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../out.png")]
    [InlineData("a/../../out.png")]
    [InlineData("/etc/hostname")]
    public void Annotations_read_no_image_out_of_its_folder(string file)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("images"));
        folder.Write("out.png", ImageGrid.Png(ones(1, 3, 10, 10), columns: 1));
        string path = folder.Write("a.json", Coco.Replace("a.png", file, StringComparison.Ordinal));
        var problem = Assert.Throws<InvalidDataException>(
            () => AnnotatedImages.ReadCoco(path).Load(folder.File("images"), 3, 20, 20));
        Assert.Contains($"name the image '{file}', which is not in", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_are_no_text_are_named()
    {
        using var folder = new TemporaryFolder();
        byte[] content = System.Text.Encoding.Latin1.GetBytes(Coco.Replace("a.png", "\u00a2.png", StringComparison.Ordinal));
        string path = folder.Write("a.json", content);
        var problem = Assert.Throws<InvalidDataException>(() => AnnotatedImages.ReadCoco(path));
        Assert.Contains("images[0]: its 'file_name' is no text in UTF-8", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<xmin>11</xmin>", "<xmin>x</xmin>", "object 0: its <xmin>")]
    [InlineData("<xmin>11</xmin>", "<xmin>31</xmin>", "object 0: its box (30, 5, 30, 30) has no width")]
    [InlineData("<name>car</name>", "<name>cat</name>", "object 1: 'cat' is none of the classes car, dog")]
    [InlineData("<size>", "<sizes>", "is no XML")]
    [InlineData("<width>100</width>", "", "its <width>")]
    [InlineData("<annotation>", "<!DOCTYPE annotation [<!ENTITY a 'b'>]><annotation>", "is no XML: For security reasons DTD")]
    public void Broken_voc_files_are_named(string right, string wrong, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("broken.xml"), text = Voc.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Voc, text);
        File.WriteAllText(path, text);
        var problem = Assert.Throws<InvalidDataException>(
            () => AnnotatedImages.ReadVoc(Path.GetDirectoryName(path)!, "car", "dog"));
        Assert.StartsWith(path, problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scenes_are_a_function_of_their_seed_and_have_boxes()
    {
        var scenes = new ShapeScenes(48);
        using var first = scenes.Draw(12, 3);
        using var again = scenes.Draw(12, 3);
        using var other = scenes.Draw(12, 4);
        Assert.True(first.Inputs.equal(again.Inputs).all().item<bool>() && first.Labels.equal(again.Labels).all().item<bool>());
        Assert.False(first.Inputs.equal(other.Inputs).all().item<bool>());
        Assert.InRange(first.Inputs.max().item<float>(), 0.7f, 1f);
        Assert.InRange(first.Inputs.min().item<float>(), 0f, 0.3f);
        BoxLabels.Require("Net", first.Labels, ShapeScenes.Classes.Count, 12);
        Assert.All(BoxLabels.Read(first.Labels), objects => Assert.InRange(objects.Count, 1, 3));
    }

    [Fact]
    public void Boxes_move_with_what_they_show()
    {
        // One bright rectangle on black: in a view it is where its box says, to a pixel.
        using var scope = NewDisposeScope();
        var images = zeros(3, 1, 40, 40);
        images[.., .., 8..20, 12..24] = 1;
        var labels = BoxLabels.Pad([.. Enumerable.Repeat<LabeledBox[]>([new(2, new Box(0.3f, 0.2f, 0.6f, 0.5f))], 3)]);
        BoxView[] views = [new(0, 0, 1, true), new(0.1f, 0.05f, 1.5f, false), new(-0.2f, -0.1f, 0.8f, true)];
        var moved = BoxViews.Move(images, views);
        var boxes = BoxViews.Move(labels, views, 0.3);
        Assert.Equal([0.4, 0.2, 0.7, 0.5], boxes[0, 0, 1..].data<float>().Select(edge => Math.Round(edge, 5)));
        for (int i = 0; i < 3; i++)
        {
            var lit = moved[i, 0].gt(0.5).nonzero().to(ScalarType.Float32);
            float[] seen = [.. lit.amin([0]).flip(0).data<float>(), .. (lit.amax([0]) + 1).flip(0).data<float>()];
            float[] said = [.. (boxes[i, 0, 1..] * 40).data<float>()];
            for (int edge = 0; edge < 4; edge++) Assert.InRange(seen[edge] - said[edge], -1.01, 1.01);
        }
    }

    [Fact]
    public void Objects_out_of_sight_go()
    {
        using var scope = NewDisposeScope();
        var labels = BoxLabels.Pad([[new(0, new Box(0, 0, 0.2f, 0.2f)), new(1, new Box(0.4f, 0.4f, 0.8f, 0.8f)),
            new(2, new Box(0.45f, 0.1f, 0.95f, 0.6f), IsIgnored: true)]]);
        var seen = BoxViews.Move(labels, [new(0.5f, 0.5f, 2, false)], 0.3);
        Assert.Equal([-1f, 1f, -1f], seen.select(2, 0).data<float>());
        Assert.Equal([0f, 0f, 0.6f, 0.6f], seen[0, 1, 1..].data<float>().Select(edge => MathF.Round(edge, 5)));
    }

    [Fact]
    public void The_kth_inputs_of_a_sample_belong_to_its_kth_labels()
    {
        using var data = new ShapeScenes(32).Draw(4, 1);
        using var one = new BoxViews(data, 5);
        using var two = new BoxViews(data, 5);
        using var indices = tensor(new long[] { 2, 0, 3 });
        using var inputs = one.ReadInputs(indices);
        using var more = one.ReadInputs(indices);
        using var labels = one.ReadLabels(indices);
        using var labelsFirst = two.ReadLabels(indices);
        using var inputsLast = two.ReadInputs(indices);
        Assert.True(inputs.equal(inputsLast).all().item<bool>() && labels.equal(labelsFirst).all().item<bool>());
        Assert.False(inputs.equal(more).all().item<bool>());
    }
}
