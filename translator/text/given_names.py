"""Given names that are common in the German-speaking countries, and no other German word.

Evidence that a line is the name of a person, which a model would translate or reword. Names that
are words as well are left out: Rosa, Ernst, Heide, August, Mark, Roman, and Max, which is short
for Maximum.
"""

from typing import Final

from translator.text.characters import words

GIVEN_NAMES: Final = words("""
    Aaron Abdul Abdullah Achim Ada Adam Adela Adelheid Adele Adem Adil Adrian Agathe Agnes
    Agnieszka Ahmad Ahmed Ahmet Aileen Aisha Alan Albert Albrecht Aldo Alejandro Aleksandar
    Aleksandra Alena Alessandro Alessia Alex Alexa Alexander Alexandra Alexandre Alexej Alexis
    Alfons Alfred Ali Alia Alice Alicia Alina Aline Alma Alois Alwin Amadeus Amalia Amanda
    Amelie Amina Amir Amira Amy Ana Anastasia Andi Andrea Andreas Andrej Andrzej Angela Angelika
    Angelina Anika Anil Anita Anja Anke Ann Anna Annabelle Annalena Anne Annegret Annekatrin
    Anneliese Annelore Annemarie Annett Annette Annika Annikki Anselm Ansgar Anton Antonia
    Antonio Antje Anuschka Ariane Armin Arnd Arndt Arne Arno Arnold Arthur Artur Arzu Asma
    Astrid Athanasios Axel Ayla Aylin Ayse Ayşe Babette Barbara Bastian Beata Beate Beatrice
    Beatrix Ben Benedikt Benjamin Benno Bernadette Bernd Bernhard Berta Bertha Berthold Bertram
    Bettina Bianca Birgit Birgitta Birte Björn Bodo Boris Bogdan Brigitta Brigitte Britta Bruno
    Burak Burkhard Burkhardt Cäcilia Carina Carl Carla Carlo Carlos Carmen Carola Carolin
    Carolina Caroline Carsten Caspar Catharina Cathrin Celina Cem Charlotte Chiara Chris Christa
    Christel Christian Christiane Christina Christine Christof Christoph Christopher Claas Clara
    Claudia Claudio Claus Clemens Conny Conrad Constantin Constanze Cora Cordula Corina Corinna
    Cornelia Cornelius Cosima Dagmar Damian Dana Daniel Daniela Danuta Daria Darius David Dawid
    Deborah Denis Denise Deniz Dennis Derya Detlef Detlev Diana Diego Dieter Dietlinde Dietmar
    Dietrich Dilara Dimitri Dimitrios Dirk Dominik Dominique Doreen Doris Dorothea Dorothee
    Dorit Dörte Dragan Dunja Ebru Eckart Eckehard Eckhard Edda Edeltraud Edgar Edith Edmund
    Eduard Eduardo Edwin Egon Ehrenfried Eileen Ekkehard Ela Elena Eleonore Elfi Elfriede Elias
    Elif Elisa Elisabeth Elise Elke Ella Ellen Elli Elmar Elsa Elsbeth Else Elvira Emanuel Emel
    Emil Emilia Emilie Emilio Emily Emine Emma Emmanuel Emmi Emre Engelbert Enrico Enno Erdal
    Erdem Erhard Eric Erich Erik Erika Erna Erwin Esma Esra Esther Eugen Eva Eveline Evelyn Ewa
    Ewald Fabian Fabienne Fabio Farid Fatih Fatima Fatma Federico Felicitas Felix Ferdinand
    Fernando Filip Finn Fiona Florentine Florian Francesca Francesco Franjo Frauke Franz
    Franziska Fred Freddy Frederik Frida Frieda Friedbert Friedemann Friederike Friedhelm
    Friedrich Fritz Gabi Gabriel Gabriela Gabriele Gaby Georg George Georgios Gerald Gerd Gerda
    Gerhard Gerlinde Gernot Gero Gert Gertraud Gertrud Gerwin Gesa Gesine Gianluca Giovanni
    Gisbert Gisela Giulia Giuseppe Goran Gottfried Götz Grażyna Greta Gretchen Grete Gudrun
    Guido Gunda Gundula Gunhild Günter Günther Gunter Gunther Gustav Hakan Halina Hanna Hannah
    Hannelore Hannes Hanno Hans Hansjörg Hanspeter Harald Hardy Harry Hartmut Hartwig Hasan
    Hassan Hatice Hedwig Heiko Heike Heiner Heinrich Heinz Helen Helena Helene Helga Helge Hella
    Hellmut Helma Helmut Hendrik Henning Henny Henri Henriette Henrik Henry Herbert Hermann
    Hermine Herta Hertha Hilda Hilde Hildegard Hinrich Holger Hubert Hubertus Hugo Hülya Hussein
    Ibrahim Ida Ignaz Igor Ilka Ilona Ilse Imke Ina Ines Inga Inge Ingeborg Ingo Ingolf Ingrid
    Inka Insa Ioannis Irena Irene Irina Irma Irmgard Isa Isabel Isabell Isabella Isabelle Ismail
    Isolde Ivan Ivana Ivo Ivonne Jacek Jakob Jacob Jacqueline Jamal James Jan Jana Janet Janine
    Janina Janis Jannik Jannis Janosch Jaqueline Jaroslav Jasper Jean Jeanette Jenny Jennifer
    Jens Jeremias Jessica Jil Jill Joachim Joanna Jochen Joel Johann Johanna Johannes John
    Jolanthe Jonas Jonathan Jörg Jörn Josef Josefa Josefine Joseph José Josip Joshua Josua Juan
    Judith Jule Julia Julian Juliana Juliane Julie Julius Juri Jürgen Justin Justus Jutta Kamil
    Karen Karim Karin Karina Karl Karla Karlheinz Karolin Karolina Karoline Karsten Kaspar
    Kasimir Katarina Katarzyna Katharina Käthe Katherina Kathleen Kathrin Kati Katja Katrin
    Kemal Kenan Kerem Kerstin Kevin Kilian Kim Kirsten Klara Klaudia Klaus Klemens Knut Konrad
    Konstantin Konstantinos Konstanze Kornelia Kristian Kristin Kristina Kristine Krzysztof Kurt
    Lara Larissa Lars Lasse Laura Laurenz Lea Leander Leif Lena Leni Lennard Lennart Lenny Leo
    Leon Leona Leonard Leonhard Leoni Leonie Leonora Leopold Levin Lias Liam Liane Lidia
    Lieselotte Liesel Lilli Lilly Lina Linda Linus Lion Lisa Lisbeth Liselotte Lisette Ljiljana
    Lorena Lorenz Lore Lothar Lotte Louis Louisa Louise Luca Lucas Lucia Lucie Lucy Ludger
    Ludmilla Ludwig Luis Luisa Luise Luka Lukas Łukasz Lutz Lydia Maciej Madeleine Magda
    Magdalena Mahmut Maik Maike Maja Malgorzata Małgorzata Malte Mandy Manfred Manja Manuel
    Manuela Mara Marc Marcel Marco Marcus Marek Maren Margarete Margarethe Margit Margot Margret
    Margrit Maria Marian Marianne Marie Marija Marika Mariam Marina Mario Marion Marisa Marita
    Marius Marko Markus Marlene Marlies Marlis Marta Martha Martin Martina Marvin Mary Maryam
    Mathias Mathilda Mathilde Mathis Matteo Matthias Matthäus Matthis Mattis Maurice Mauro Maxim
    Maximilian Maximiliane Mechthild Mehmet Melanie Melina Melissa Melitta Merle Merve Mesut Mia
    Michael Michaela Michał Michail Michel Michele Michelle Miguel Mika Mike Mikhail Mila Milan
    Milena Milica Mira Miriam Mirjam Mirko Miroslav Mohamed Mohammad Mohammed Monika Monique
    Moritz Muhammad Murat Mustafa Nadia Nadine Nadja Nancy Natalia Natalie Natascha Natasha
    Nathalie Nele Nelli Nicholas Nick Nico Nicola Nicolas Nicole Niklas Niko Nikola Nikolai
    Nikolaos Nikolaus Nikolas Nils Nina Noah Noel Nora Norbert Norman Nuri Nurcan Olaf Ole Oleg
    Olga Oliver Olivia Omar Ömer Orhan Oskar Osman Oswald Ottilie Otto Özlem Pablo Pascal
    Patricia Patrick Patrizia Paul Paula Paulina Pauline Pavel Paweł Pedro Peer Peggy Peter
    Petra Philip Philipp Philippa Pia Piet Pietro Piotr Radovan Rafael Ragna Raimund Rainer Ralf
    Ralph Ramona Raphael Raphaela Rasmus Rebecca Rebekka Regina Regine Reiner Reinhard Reinhild
    Reinhold Renata Renate René Ria Ricarda Riccardo Richard Rita Robert Roberta Roberto Robin
    Rodrigo Roger Roland Rolf Romina Romy Ronald Ronja Ronny Rosalie Rosemarie Rosi Rosina
    Roswitha Roxana Rüdiger Rudi Rudolf Rupert Ruben Ruth Sabina Sabine Sabrina Said Salih Salim
    Salome Sam Samantha Samira Samuel Sandra Sandro Sandy Sara Sarah Sascha Saskia Saverio
    Sebastian Sefa Selim Selina Selma Serap Serdar Sergej Sergio Serkan Severin Sevgi Sibel
    Sibylle Siegbert Siegfried Sieglinde Siegmar Siegmund Siegrid Sigmund Sigrid Sigrun Silas
    Silke Silvana Silvester Silvia Silvio Simon Simona Simone Sina Sinan Sofie Söhnke Sönke
    Sonja Sophia Sophie Sören Soraya Stanislaw Stanislav Stefan Stefania Stefanie Steffen Steffi
    Stella Stephan Stephanie Steve Steven Suleika Suleyman Süleyman Sultana Susan Susanna
    Susanne Susi Suzanne Svantje Sven Svenja Svetlana Swantje Swetlana Sybille Sylke Sylvia
    Sylvie Tabea Tadeusz Tamara Tamer Tanja Tarek Tarik Tassilo Tatjana Tilda Teresa Thaddäus
    Thea Thekla Theo Theodor Theodora Theresa Therese Theresia Thilo Thomas Thorben Thore
    Thorsten Tibor Tilman Tilmann Tim Timm Timo Timon Tina Titus Tizian Tobias Tom Tomas Tomasz
    Toni Torben Torsten Traudl Traute Tristan Trude Tugba Udo Ulf Uli Ulla Ulrich Ulrike Undine
    Urs Ursel Ursula Urte Uschi Uta Ute Uwe Valentin Valentina Valerie Valeria Vanessa Vasilios
    Veit Vera Verena Veronika Veronique Vicky Victor Victoria Viktor Viktoria Vincent Vinzenz
    Viviane Vivien Vladimir Volker Volkmar Walburga Waldemar Walter Walther Waltraud Wanda
    Wendelin Wenke Wenzel Werner Wibke Wiebke Wieland Wilfried Wilhelm Wilhelmine Willi
    Willibald Willy Wilma Winfried Wladimir Wolfgang Xaver Xenia Yannick Yannik Yara Yasemin
    Yasin Yasmin Yusuf Yvette Yvonne Zeynep Zoe Zoltan Zygmunt
""")

# Names that English texts often write otherwise; a model may do so, too: Maria, Mary.
TRANSLATED_NAMES: Final = words("""
    Maria Marie Johannes Johann Jakob Josef Joseph Elisabeth Katharina Wilhelm Heinrich Georg
    Karl Friedrich Ludwig Franz Philipp Stefan Stephan Andreas Matthias Markus Lukas Nikolaus
    Katrin Margarete Theresia Theresa Hanna Hannah Susanne Christoph Franziska Sophie Magdalena
    Helene Klara Anne Eva
""")
